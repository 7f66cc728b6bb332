namespace IpMpsc.Platform;

/// <summary>
/// Both sides fence: for systems on which no process can order the stores of another. Every publisher fences after
/// each publication, so the sleeper's own fence completes the pair.
/// </summary>
/// <remarks>
/// FlushProcessWriteBuffers of Windows and the process-wide barrier of .NET cover the threads of the calling process
/// only. Here the other side is another process.
/// </remarks>
internal sealed class FullFences : AsymmetricBarrier
{
    public override bool PublisherMustFence => true;

    public override bool TryIssue() => true; // Each sleeper fences before it calls this.
}
