using System.Diagnostics;

namespace IpMpsc.Nats.Tests.Support;

/// <summary>One end of a bridge in a process of its own.</summary>
/// <param name="direction">"out" or "in".</param>
/// <param name="channel">The path of its channel.</param>
/// <param name="stream">The stream.</param>
/// <param name="url">The broker.</param>
/// <param name="runtimeDirectory">The runtime directory of its machine.</param>
/// <param name="prefix">What runs the command: a network namespace.</param>
internal sealed class BridgePeer(string direction, string channel, string stream, string url, string? runtimeDirectory = null, params string[] prefix)
    : ProgramProcess($"bridge {direction}", Command([.. prefix, "dotnet", "exec", RepositoryProgram.AssemblyOf("IpMpsc.Nats.Tests.Peer"), direction, channel, stream, url], runtimeDirectory))
{
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
