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
}
