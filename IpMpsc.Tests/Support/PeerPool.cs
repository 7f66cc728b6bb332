using IpMpsc.Tests.Peer;

namespace IpMpsc.Tests.Support;

/// <summary>Peers that run one command after the other: starting a process takes longer than most tests.</summary>
internal static class PeerPool
{
    private static readonly Stack<PeerProcess> s_idle = new();

    /// <summary>A peer that waits for a command. Give it back, or dispose it after a failure.</summary>
    public static PeerProcess Rent()
    {
        lock (s_idle)
        {
            if (s_idle.TryPop(out PeerProcess? idle))
            {
                return idle;
            }
        }

        PeerProcess peer = PeerProcess.Start("serve");
        peer.Expect("ready");
        return peer;
    }

    /// <summary>Takes a peer back that has ended its command.</summary>
    public static void Return(PeerProcess peer)
    {
        lock (s_idle)
        {
            s_idle.Push(peer);
        }
    }

    /// <summary>Waits for the end of a command and takes the peer back.</summary>
    public static void FinishAndReturn(PeerProcess peer, ExitCode code = ExitCode.Success)
    {
        peer.Expect($"exit {(int)code}");
        Return(peer);
    }

    /// <summary>Ends the idle peers.</summary>
    public static void Close()
    {
        lock (s_idle)
        {
            while (s_idle.TryPop(out PeerProcess? peer))
            {
                peer.Say("quit");
                peer.ExpectExit(ExitCode.Success);
                peer.Dispose();
            }
        }
    }
}
