namespace IpMpsc;

/// <summary>
/// A batch was cancelled after its first messages were sent; the others were not. A batch that was cancelled before
/// throws an <see cref="OperationCanceledException"/> of no special type.
/// </summary>
public sealed class PartialBatchCanceledException : OperationCanceledException
{
    internal PartialBatchCanceledException(string path, int sent, int count, OperationCanceledException reason)
        : base(PartialBatchException.Text(path, sent, count, reason), reason, reason.CancellationToken) => SentCount = sent;

    /// <inheritdoc cref="PartialBatchException.SentCount" />
    public int SentCount { get; }
}
