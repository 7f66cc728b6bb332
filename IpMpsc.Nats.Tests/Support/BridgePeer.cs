using System.Diagnostics;
using IpMpsc.Tests.Documentation;

namespace IpMpsc.Nats.Tests.Support;

/// <summary>One end of a bridge in a process of its own.</summary>
/// <param name="direction">"out" or "in".</param>
/// <param name="channel">The path of its channel.</param>
/// <param name="stream">The stream.</param>
/// <param name="url">The broker.</param>
/// <param name="runtimeDirectory">The runtime directory of its machine.</param>
/// <param name="prefix">What runs the command: a network namespace.</param>
internal sealed class BridgePeer(string direction, string channel, string stream, string url, string? runtimeDirectory = null, params string[] prefix)
    : ProgramProcess($"bridge {direction}", Command([.. prefix, "dotnet", "exec", Assembly, direction, channel, stream, url], runtimeDirectory))
{
    private static string Assembly
    {
        get
        {
            // The output folder has the same name below each project.
            const string peer = "IpMpsc.Nats.Tests.Peer";
            string output = Path.GetRelativePath(Path.Join(Repository.Root, "IpMpsc.Nats.Tests"), AppContext.BaseDirectory);
            return Path.Join(Repository.Root, peer, output, peer + ".dll");
        }
    }

    private static ProcessStartInfo Command(string[] words, string? runtimeDirectory)
    {
        ProcessStartInfo start = new(words[0], words[1..]) { Environment = { ["DOTNET_DbgEnableMiniDump"] = "0", ["DOTNET_TieredPGO"] = "0" } };
        if (runtimeDirectory is not null)
        {
            start.Environment["XDG_RUNTIME_DIR"] = runtimeDirectory;
        }

        return start;
    }
}
