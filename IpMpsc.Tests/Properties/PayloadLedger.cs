using IpMpsc.Tests.Peer.Probes;

namespace IpMpsc.Tests.Properties;

/// <summary>
/// Compares raw payloads with the plans of their senders. An empty one does not say which sender sent it,
/// so it is put aside until a later payload shows which sender must have sent it before.
/// </summary>
internal sealed class PayloadLedger(IReadOnlyList<PayloadPlan> plans)
{
    private readonly int[] _next = new int[plans.Count];
    private int _empty;

    public void Enter(ReadOnlySpan<byte> payload)
    {
        if (payload.IsEmpty)
        {
            _empty++;
            return;
        }

        int sender = payload[0];
        if (sender >= plans.Count)
        {
            throw new ProbeException($"There is no sender {sender}.");
        }

        SkipEmpty(sender);
        PayloadPlan plan = plans[sender];
        if (_next[sender] == plan.Lengths.Count)
        {
            throw new ProbeException($"Sender {sender} sent no more than {plan.Lengths.Count} messages.");
        }

        if (!payload.SequenceEqual(plan[_next[sender]]))
        {
            throw new ProbeException($"Sender {sender}'s message {_next[sender]} was due, but {payload.Length} other bytes arrived.");
        }

        _next[sender]++;
    }

    public void RequireComplete()
    {
        for (int sender = 0; sender < plans.Count; sender++)
        {
            SkipEmpty(sender);
            if (_next[sender] != plans[sender].Lengths.Count)
            {
                throw new ProbeException($"Sender {sender}'s messages from {_next[sender]} on are missing.");
            }
        }

        if (_empty != 0)
        {
            throw new ProbeException($"{_empty} empty messages arrived that were not sent.");
        }
    }

    private void SkipEmpty(int sender)
    {
        while (_next[sender] < plans[sender].Lengths.Count && plans[sender].Lengths[_next[sender]] == 0)
        {
            if (--_empty < 0)
            {
                throw new ProbeException($"Sender {sender}'s empty message {_next[sender]} is missing.");
            }

            _next[sender]++;
        }
    }
}
