namespace IpMpsc.Tests.Peer.Probes;

/// <summary>What was received from each sender: every sequence number once, in order, from 0.</summary>
public sealed class ProbeLedger
{
    private readonly Dictionary<int, long> _next = [];

    /// <summary>How many messages were entered.</summary>
    public long Count { get; private set; }

    /// <summary>Enters a received message.</summary>
    /// <exception cref="ProbeException">Another message of its sender was due.</exception>
    public void Enter(Probe probe)
    {
        long due = NextOf(probe.Sender);
        if (probe.Sequence != due)
        {
            throw ProbeException.OutOfTurn(due, probe);
        }

        _next[probe.Sender] = due + 1;
        Count++;
    }

    /// <summary>The sequence number that is due from a sender, which is the number of its messages that arrived.</summary>
    public long NextOf(int sender) => _next.GetValueOrDefault(sender);

    /// <summary>Requires that this many messages of each sender arrived.</summary>
    public void RequireComplete(int senders, long countOfEach)
    {
        foreach (int sender in Enumerable.Range(0, senders))
        {
            if (NextOf(sender) != countOfEach)
            {
                throw new ProbeException($"{NextOf(sender)} messages of sender {sender} arrived, {countOfEach} were sent.");
            }
        }
    }
}
