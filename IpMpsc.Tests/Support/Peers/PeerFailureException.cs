namespace IpMpsc.Tests.Support;

/// <summary>A call that a peer made for the test threw this.</summary>
internal sealed class PeerFailureException(Failure failure) : Exception($"{failure.Type}: {failure.Message}")
{
    public Failure Failure { get; } = failure;
}
