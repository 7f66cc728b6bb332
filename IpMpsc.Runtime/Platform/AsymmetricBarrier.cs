namespace IpMpsc.Platform;

/// <summary>
/// The fence of the sleep handshake, paid by the side that goes to sleep. The handshake needs "store,
/// then load" in order on both sides; the running side leaves its fence out where the sleeping side
/// can make the kernel issue it on every processor.
/// </summary>
internal abstract class AsymmetricBarrier
{
    /// <summary>Whether this process's own publications need a full fence because nobody else can order them.</summary>
    public abstract bool PublisherMustFence { get; }

    /// <summary>
    /// Orders the publications of every registered process. False where that is impossible: the
    /// caller then sleeps for a millisecond at most.
    /// </summary>
    public abstract bool TryIssue();
}
