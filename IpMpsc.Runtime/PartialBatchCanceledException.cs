namespace IpMpsc;

/// <summary>
/// A batch was cancelled after its first messages were sent; the others were not. A batch that was cancelled before its
/// first message throws a plain <see cref="OperationCanceledException"/>.
/// </summary>
public sealed class PartialBatchCanceledException : OperationCanceledException
{
    internal PartialBatchCanceledException(string path, int sent, int count, OperationCanceledException reason)
        : base(PartialBatchException.Text(path, sent, count, reason), reason, reason.CancellationToken) => SentCount = sent;

    /// <inheritdoc cref="PartialBatchException.SentCount" />
    public int SentCount { get; }
}
