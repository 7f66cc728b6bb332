using IpMpsc.Platform.Unix;

namespace IpMpsc.Tool.Diagnosis;

/// <summary>Whether systemd-logind removes channels from /dev/shm when the last session of this user ends.</summary>
/// <param name="root">The root of the file system; another one in tests.</param>
/// <param name="user">Id of the user.</param>
/// <param name="name">Name of the user.</param>
internal sealed class RemovalCheck(string root, uint user, string name)
{
    /// <summary>logind spares root and system users.</summary>
    private const uint LastSystemUser = 999;

    private static readonly string[] s_places = ["usr/lib/systemd", "run/systemd", "etc/systemd"];

    public static RemovalCheck Current => new("/", LibC.EffectiveUserId(), Environment.UserName);

    /// <summary>A warning, or null if channels in a directory stay.</summary>
    public Finding? Of(string directory)
    {
        bool isRemoved = directory.StartsWith("/dev/shm/", StringComparison.Ordinal)
            && user > LastSystemUser
            && Directory.Exists(Path.Join(root, "run/systemd/system"))
            && !File.Exists(Path.Join(root, "var/lib/systemd/linger", name))
            && IsRemovalConfigured();
        return !isRemoved ? null : Finding.Warning(
            "removal",
            $"systemd-logind removes the channels in '{directory}' when the last session of user {name} ends: their participants then get " +
            "ChannelRetiredException. Set RemoveIPC=no in logind.conf, run 'loginctl enable-linger', or set XDG_RUNTIME_DIR.");
    }

    /// <summary>The last setting wins; without one, logind removes.</summary>
    private bool IsRemovalConfigured()
    {
        bool removes = true;
        foreach (string line in Configurations().SelectMany(ReadLines))
        {
            string[] parts = line.Split('=', 2, StringSplitOptions.TrimEntries);
            if (parts is ["RemoveIPC", var value])
            {
                removes = value is "yes" or "true" or "on" or "1";
            }
        }

        return removes;
    }

    private IEnumerable<string> Configurations() =>
    [
        .. s_places.Select(place => Path.Join(root, place, "logind.conf")),
        .. s_places.Select(place => Path.Join(root, place, "logind.conf.d"))
            .Where(Directory.Exists)
            .SelectMany(static place => Directory.GetFiles(place, "*.conf"))
            .OrderBy(static path => Path.GetFileName(path), StringComparer.Ordinal),
    ];

    private static string[] ReadLines(string path)
    {
        try
        {
            return File.ReadAllLines(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return []; // There is no such file, as for most places, or it is not ours to read.
        }
    }
}
