using System.Diagnostics;
using IpMpsc.Tests.Documentation;

namespace IpMpsc.Extensions.Hosting.Tests.Support;

/// <summary>A process that logs into a channel.</summary>
internal sealed class HostPeer(string path, int lines, string end) : ProgramProcess("HostPeer", Start(path, lines, end))
{
    /// <summary>Waits until it has ended in whatever way.</summary>
    public int End() => AwaitExit();

    private static ProcessStartInfo Start(string path, int lines, string end)
    {
        // The output folder has the same name below each project.
        const string peer = "IpMpsc.Extensions.Hosting.Tests.Peer";
        string output = Path.GetRelativePath(Path.Join(Repository.Root, "IpMpsc.Extensions.Hosting.Tests"), AppContext.BaseDirectory);
        return new ProcessStartInfo("dotnet", ["exec", Path.Join(Repository.Root, peer, output, peer + ".dll"), path, $"{lines}", end])
        {
            // A process that ends in a failure must not leave a dump of its memory.
            Environment = { ["DOTNET_DbgEnableMiniDump"] = "0" },
        };
    }
}
