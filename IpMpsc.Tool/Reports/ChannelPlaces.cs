namespace IpMpsc.Tool.Reports;

/// <summary>The directories in which channels of all users of a system usually lie.</summary>
/// <param name="root">The root of the file system; another one in tests.</param>
internal sealed class ChannelPlaces(string root)
{
    /// <summary>Where channels of several users are meant to lie, each group's in a directory of its own.</summary>
    public const string Shared = "run/ipmpsc";

    public static ChannelPlaces OfSystem => new("/");

    /// <summary>The directories that exist: each user's own, and the shared ones. Sorted, without doubles.</summary>
    public IReadOnlyList<string> Find() =>
    [
        .. Below("run/user", "*").Select(static session => Path.Join(session, "ipmpsc")).Where(Directory.Exists)
            .Concat(Below("dev/shm", "ipmpsc-*"))
            .Concat(Below("tmp", "ipmpsc-*"))
            .Concat(Below("run", "ipmpsc"))
            .Concat(Below(Shared, "*"))
            .Where(static directory => IsOfOneUser(directory) || directory.Contains($"/{Shared}", StringComparison.Ordinal))
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>A directory ipmpsc-UID is its user's; others of such a name are something else.</summary>
    private static bool IsOfOneUser(string directory)
    {
        string name = Path.GetFileName(directory);
        return name == "ipmpsc" || (name.StartsWith("ipmpsc-", StringComparison.Ordinal) && uint.TryParse(name["ipmpsc-".Length..], out _));
    }

    private string[] Below(string place, string pattern)
    {
        try
        {
            return Directory.GetDirectories(Path.Join(root, place), pattern);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return []; // There is no such place, or it is not ours to read.
        }
    }
}
