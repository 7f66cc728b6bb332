using IpMpsc.Tests.Peer.Processes;
using IpMpsc.Tests.Support;

namespace IpMpsc.Tests.Containers;

/// <summary>What separates a peer from the test: another user, namespaces, or both, as in a container.</summary>
/// <param name="Name">For the names of tests.</param>
/// <param name="Programs">The programs that set it up and then execute the peer, with their arguments.</param>
/// <param name="Trust">As which user the peer sees the owner of the test's channels.</param>
internal sealed record Confinement(string Name, IReadOnlyList<string> Programs, string Trust)
{
    /// <summary>The group of the channels.</summary>
    public const uint Group = 34_567;

    private const uint User = 12_345;

    private static readonly string[] s_otherUser = ["setpriv", $"--reuid={User}", $"--regid={Group}", "--clear-groups"];

    private static readonly string[] s_namespaces =
        ["unshare", "--fork", "--pid", "--mount", "--ipc", "--uts", "--net", "--cgroup", "--time", "--monotonic=86400", "--mount-proc"];

    /// <summary>A user namespace whose root is a plain user outside; every other user outside is nobody in it.</summary>
    private static readonly string[] s_rootless =
        ["unshare", "--user", "--map-root-user", "--fork", "--pid", "--mount", "--ipc", "--uts", "--net", "--mount-proc"];

    public static Confinement[] All { get; } =
    [
        new("another user", s_otherUser, "Root"),
        new("other namespaces", s_namespaces, "Self"),
        new("another user in other namespaces", [.. s_namespaces, .. s_otherUser], "Root"),
        new("a rootless container", [.. s_otherUser, .. s_rootless], "User:65534"),
    ];

    /// <summary>Starts a peer in it; the test is skipped where this system does not permit it.</summary>
    public PeerProcess Start(params IEnumerable<string> words)
    {
        RequirePermitted();
        return PeerProcess.StartBy(Programs, new Dictionary<string, string> { [PeerAccess.TrustVariable] = Trust }, words);
    }

    /// <summary>Kills the peer itself: the programs before it live in the namespaces of the test, and wait for it.</summary>
    public static void Kill(PeerProcess peer)
    {
        int innermost = peer.Id;
        while (ChildOf(innermost) is { } child)
        {
            innermost = child;
        }

        ProcessControl.Current.Kill(innermost);
        peer.AwaitEnd();
    }

    public override string ToString() => Name;

    private static int? ChildOf(int process)
    {
        foreach (string thread in Directory.GetDirectories($"/proc/{process}/task"))
        {
            if (ChildrenOf(thread).Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var child, ..])
            {
                return int.Parse(child);
            }
        }

        return null;
    }

    private static string ChildrenOf(string thread)
    {
        try
        {
            return File.ReadAllText(Path.Join(thread, "children"));
        }
        catch (IOException)
        {
            return ""; // The thread has ended meanwhile.
        }
    }

    private void RequirePermitted()
    {
        (int exitCode, string output) = Shell.Run([.. Programs, "true"]);
        if (exitCode != 0)
        {
            Assert.Ignore($"{Name}: cannot be set up here: {output}");
        }
    }
}
