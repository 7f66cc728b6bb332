namespace IpMpsc.Platform;

/// <summary>
/// The fence of the sleep handshake. The handshake needs "store, then load" in order on both sides. Where the
/// sleeping side can make the kernel issue the fence on every processor, the running side needs none of its own.
/// </summary>
internal abstract class AsymmetricBarrier
{
    /// <summary>Whether this process must fence its own publications because no other process can order them; once that is over, it is over for good.</summary>
    public abstract bool PublisherMustFence { get; }

    /// <summary>Whether publishers run without a fence, at the latest when this call returns.</summary>
    public virtual bool IsSupported => !PublisherMustFence;

    /// <summary>
    /// Orders the publications of every registered process. False where that is impossible; the caller then sleeps for
    /// at most a millisecond.
    /// </summary>
    public abstract bool TryIssue();
}
