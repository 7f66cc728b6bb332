using System.Diagnostics;

namespace IpMpsc.Tests.Peer.Processes;

/// <summary>How this program is started in a process of its own.</summary>
public static class PeerProgram
{
    /// <summary>Calls that a peer makes before the one that is stepped through, so that their code is compiled.</summary>
    public const int CallsBeforeStep = 20;

    /// <summary>The name that its participants have if they give themselves none, however the program is started.</summary>
    public static string ParticipantName { get; } = typeof(PeerProgram).Assembly.GetName().Name!;

    /// <summary>What starts it with a command, its three streams redirected.</summary>
    public static ProcessStartInfo Start(IEnumerable<string> words)
    {
        // Published for Windows it is an executable; there need be no "dotnet" on the path.
        string library = typeof(PeerProgram).Assembly.Location;
        return OperatingSystem.IsWindows()
            ? Start(Path.ChangeExtension(library, ".exe"), words)
            : Start("dotnet", ["exec", library, .. words]);
    }

    private static ProcessStartInfo Start(string program, IEnumerable<string> arguments) => new(program, arguments)
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    };
}
