namespace IpMpsc.Tests.Peer.Probes;

/// <summary>What is done with a typed claim, whoever made it.</summary>
internal static class TypedClaims
{
    public static void FillAndEnd<T>(Claim<T> claim, Probe probe, ClaimEnd end, Action? whileHeld)
        where T : struct, IProbeMessage<T>
    {
        T.Fill(claim, probe);
        whileHeld?.Invoke();
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
