using System.Diagnostics;
using IpMpsc.Platform;
using IpMpsc.Tests.Peer;
using IpMpsc.Tests.Peer.Processes;

namespace IpMpsc.Tests.Support;

/// <summary>A peer in a process of its own.</summary>
internal sealed class PeerProcess : ProgramProcess
{
    private PeerProcess(ProcessStartInfo start) : base("Peer", start)
    {
    }

    /// <summary>Whether it polls words instead of sleeping on them, as this process did when it started the peer.</summary>
    public bool Polls { get; } = WaitBackEnd.PollsWords;

    /// <summary>Starts a peer with a command.</summary>
    public static PeerProcess Start(params IEnumerable<string> words) => Start(new Dictionary<string, string>(), words);

    /// <summary>Starts a peer with a command and further environment variables.</summary>
    public static PeerProcess Start(IReadOnlyDictionary<string, string> environment, params IEnumerable<string> words)
    {
        ProcessStartInfo start = PeerProgram.Start(words);
        if (WaitBackEnd.PollsWords)
        {
            start.Environment["IPMPSC_WAIT"] = "polling";
        }

        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        return new PeerProcess(start);
    }

    /// <summary>Starts a peer through programs that confine it, such as setpriv and unshare.</summary>
    public static PeerProcess StartBy(
        IReadOnlyList<string> confining, IReadOnlyDictionary<string, string> environment, params IEnumerable<string> words)
    {
        ProcessStartInfo peer = PeerProgram.Start(words);
        ProcessStartInfo start = new(confining[0], [.. confining.Skip(1), peer.FileName, .. peer.ArgumentList]);
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        return new PeerProcess(start);
    }

    /// <summary>Requires that the peer ends by itself in this way.</summary>
    public void ExpectExit(ExitCode code) =>
        Assert.That((ExitCode)AwaitExit(), Is.EqualTo(code), () => $"{this} ended with another exit code.\n{Transcript()}");

    /// <summary>Requires that the peer is killed, or kills itself.</summary>
    public void ExpectKilled() => ExpectExit((ExitCode)ProcessControl.KilledExitCode);

    /// <summary>Waits until the peer has ended, by itself or killed.</summary>
    public void AwaitEnd() => AwaitExit();
}
