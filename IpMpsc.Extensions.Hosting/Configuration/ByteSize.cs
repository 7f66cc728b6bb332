using System.Globalization;

namespace IpMpsc.Extensions.Hosting.Configuration;

/// <summary>A number of bytes as people write it in a configuration: "65536", "64 KiB", "16MiB", "1 GB".</summary>
internal static class ByteSize
{
    private static readonly (string Unit, long Bytes)[] s_units =
        [("KiB", 1 << 10), ("MiB", 1 << 20), ("GiB", 1 << 30), ("KB", 1 << 10), ("MB", 1 << 20), ("GB", 1 << 30), ("B", 1)];

    /// <summary>Reads a size. Units are powers of two, as capacities are, whether they are written with an "i" or without.</summary>
    public static bool TryParse(string text, out long size)
    {
        ReadOnlySpan<char> number = text.AsSpan().Trim();
        long factor = 1;
        foreach ((string unit, long bytes) in s_units)
        {
            if (number.EndsWith(unit, StringComparison.OrdinalIgnoreCase))
            {
                factor = bytes;
                number = number[..^unit.Length].TrimEnd();
                break;
            }
        }

        bool isNumber = long.TryParse(
            number, NumberStyles.AllowLeadingSign | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out size);
        long product = unchecked(size * factor);
        isNumber = isNumber && product / factor == size;
        size = isNumber ? product : 0;
        return isNumber;
    }
}
