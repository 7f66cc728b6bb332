using System.Globalization;

namespace IpMpsc.Tool.Captures;

/// <summary>The names of the files of one recording: <c>day.ipmpsc</c> in parts is <c>day-0001.ipmpsc</c>, <c>day-0002.ipmpsc</c> and so on.</summary>
internal static class PartNames
{
    public static string Of(string file, int part) => Path.Join(
        Path.GetDirectoryName(file),
        string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileNameWithoutExtension(file)}-{part:0000}{Path.GetExtension(file)}"));

    /// <summary>The name of the part behind one; null if the file does not have the name of that part.</summary>
    public static string? Next(string file, int part)
    {
        string suffix = string.Create(CultureInfo.InvariantCulture, $"-{part:0000}");
        string name = Path.GetFileNameWithoutExtension(file);
        return name.EndsWith(suffix, StringComparison.Ordinal)
            ? Of(Path.Join(Path.GetDirectoryName(file), name[..^suffix.Length] + Path.GetExtension(file)), part + 1)
            : null;
    }
}
