using IpMpsc.Platform;
using IpMpsc.Tests.Peer;

namespace IpMpsc.Tests.Support;

/// <summary>Peers that run one command after another, because starting a process takes longer than most tests.</summary>
internal static class PeerPool
{
    private static readonly List<PeerProcess> s_idle = [];

    /// <summary>
    /// A peer that waits for a command, and that waits on channels as this process does now. Return it, or dispose it
    /// after a failure.
    /// </summary>
    public static PeerProcess Rent()
    {
        lock (s_idle)
        {
            int last = s_idle.FindLastIndex(peer => peer.Polls == WaitBackEnd.PollsWords);
            if (last >= 0)
            {
                PeerProcess idle = s_idle[last];
                s_idle.RemoveAt(last);
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
            s_idle.Add(peer);
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
            foreach (PeerProcess peer in s_idle)
            {
                peer.Say("quit");
                peer.ExpectExit(ExitCode.Success);
                peer.Dispose();
            }

            s_idle.Clear();
        }
    }
}
