namespace IpMpsc.Tests.Peer.Probes;

/// <summary>What is done with a claim, whichever sender made it.</summary>
public static class ClaimExtensions
{
    /// <summary>Fills a claim, runs <paramref name="whileHeld"/>, and ends it.</summary>
    public static void FillAndEnd<T>(this Claim<T> claim, Probe probe, ClaimEnd end, Action? whileHeld)
        where T : struct, IProbeMessage<T>
    {
        T.Fill(claim, probe);
        whileHeld?.Invoke();
        claim.End(end);
    }

    /// <summary>Commits a claim, aborts it, or disposes it without either.</summary>
    public static void End<T>(this Claim<T> claim, ClaimEnd end) where T : struct, IChannelMessage<T>
    {
        switch (end)
        {
            case ClaimEnd.Commit:
                claim.Commit();
                break;

            case ClaimEnd.Abort:
                claim.Abort();
                break;

            default:
                claim.Dispose();
                break;
        }
    }

    /// <summary>As for a typed claim. A claim for more than the message is filled through <paramref name="writer"/>.</summary>
    public static void FillAndEnd(this ByteClaim claim, Probe probe, ClaimEnd end, ByteClaimWriter writer, Action? whileHeld)
    {
        ByteProbe.Fill(claim.Payload[..probe.Length], probe);
        whileHeld?.Invoke();
        if (end == ClaimEnd.CommitShorter)
        {
            writer.Begin(claim);
            ByteProbe.From(probe).CopyTo(writer.GetSpan(probe.Length));
            writer.Advance(probe.Length);
            claim.Commit(writer.WrittenCount);
            return;
        }

        claim.End(end);
    }

    /// <summary>As for a typed claim. The two types have no interface in common: users have no need to treat them alike.</summary>
    public static void End(this ByteClaim claim, ClaimEnd end)
    {
        switch (end)
        {
            case ClaimEnd.Commit:
                claim.Commit();
                break;

            case ClaimEnd.Abort:
                claim.Abort();
                break;

            default:
                claim.Dispose();
                break;
        }
    }
}
