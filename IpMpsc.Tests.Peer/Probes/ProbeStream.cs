namespace IpMpsc.Tests.Peer.Probes;

/// <summary>A plan to send many probes: their lengths vary between two bounds, the same for the same plan.</summary>
public sealed record ProbeStream(ProbeKind Kind, int Sender, int Count, SendWay Way, int MinLength, int MaxLength)
{
    private const int BatchSize = 7;
    private static readonly TimeSpan s_timeout = TimeSpan.FromMilliseconds(20);

    public Probe this[int sequence] => Kind.Probe(
        Sender, sequence, MinLength + Noise.Below(MaxLength - MinLength + 1, Sender, sequence));

    /// <summary>The plan without its kind, as the peer's commands take it.</summary>
    public string Arguments => $"{Sender} {Count} {Way} {MinLength} {MaxLength}";

    /// <summary>Sends every probe of the plan.</summary>
    public void SendTo(ProbeSender sender)
    {
        int sent = 0;
        while (sent < Count)
        {
            sent += SendSome(sender, sent);
        }
    }

    private int SendSome(ProbeSender sender, int first)
    {
        Probe probe = this[first];
        switch (Way)
        {
            case SendWay.Send:
                sender.Send(probe);
                return 1;

            case SendWay.TrySend:
                return OneOrYield(sender.TrySend(probe));

            case SendWay.TrySendFor:
                return sender.TrySend(probe, s_timeout) ? 1 : 0;

            case SendWay.SendWhenEmpty:
                sender.SendWhenEmpty(probe);
                return 1;

            case SendWay.SendBatch:
                Probe[] batch = Batch(first);
                sender.SendBatch(batch);
                return batch.Length;

            case SendWay.TrySendBatch:
                int sent = sender.TrySendBatch(Batch(first));
                OneOrYield(sent > 0);
                return sent;

            case SendWay.ClaimAndAbort:
                sender.Claim(probe with { Sequence = -1 }, (first & 1) == 0 ? ClaimEnd.Abort : ClaimEnd.Dispose);
                goto case SendWay.Claim;

            case SendWay.ClaimMore:
                sender.Claim(probe, ClaimEnd.CommitShorter);
                return 1;

            case SendWay.Claim:
                sender.Claim(probe, ClaimEnd.Commit);
                return 1;

            default:
                throw new InvalidOperationException($"There is no way '{Way}' to send.");
        }
    }

    private static int OneOrYield(bool sent)
    {
        if (!sent)
        {
            Thread.Yield();
        }

        return sent ? 1 : 0;
    }

    private Probe[] Batch(int first) =>
        [.. Enumerable.Range(first, Math.Min(BatchSize, Count - first)).Select(sequence => this[sequence])];
}
