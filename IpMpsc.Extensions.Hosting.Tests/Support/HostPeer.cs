using System.Diagnostics;
using IpMpsc.Tests.Documentation;

namespace IpMpsc.Extensions.Hosting.Tests.Support;

/// <summary>The peer process, which logs into a channel or handles the messages of one.</summary>
internal sealed class HostPeer(params IEnumerable<string> words) : ProgramProcess("HostPeer", Start(words))
{
    /// <summary>Waits until it has ended, however it ends.</summary>
    public int End() => AwaitExit();

    private static ProcessStartInfo Start(IEnumerable<string> words)
    {
        // The output folder has the same name below each project.
        const string peer = "IpMpsc.Extensions.Hosting.Tests.Peer";
        string output = Path.GetRelativePath(Path.Join(Repository.Root, "IpMpsc.Extensions.Hosting.Tests"), AppContext.BaseDirectory);
        return new ProcessStartInfo("dotnet", ["exec", Path.Join(Repository.Root, peer, output, peer + ".dll"), .. words])
        {
            // A process that ends in a failure must not leave a dump of its memory.
            Environment = { ["DOTNET_DbgEnableMiniDump"] = "0" },
        };
    }
}
