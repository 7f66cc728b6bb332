namespace IpMpsc.Platform;

/// <summary>
/// Everybody fences: for systems on which no process can order the stores of another. All of its
/// publishers fence after each publication, so the sleeper's own fence completes the pair.
/// </summary>
/// <remarks>
/// FlushProcessWriteBuffers of Windows, and what .NET offers as a process-wide barrier, promise something
/// for the threads of the calling process only; here the other side is another process.
/// </remarks>
internal sealed class FullFences : AsymmetricBarrier
{
    public override bool PublisherMustFence => true;

    public override bool TryIssue() => true; // Each sleeper has fenced before it asks.
}
