using System.Globalization;
using System.Text;

namespace IpMpsc.Tool.Printing;

/// <summary>Bytes as rows of offset, hexadecimal digits and letters.</summary>
internal static class HexDump
{
    private const int BytesOfRow = 16;

    public static string Of(ReadOnlySpan<byte> bytes)
    {
        StringBuilder rows = new();
        for (int offset = 0; offset < bytes.Length; offset += BytesOfRow)
        {
            ReadOnlySpan<byte> row = bytes[offset..Math.Min(offset + BytesOfRow, bytes.Length)];
            rows.Append(CultureInfo.InvariantCulture, $"  {offset:x8} ");
            for (int column = 0; column < BytesOfRow; column++)
            {
                rows.Append(column < row.Length ? $" {row[column]:x2}" : "   ");
            }

            rows.Append("  ");
            foreach (byte value in row)
            {
                rows.Append(value is >= 0x20 and < 0x7F ? (char)value : '.');
            }

            rows.Append('\n');
        }

        return rows.ToString();
    }
}
