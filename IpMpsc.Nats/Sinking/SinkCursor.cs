namespace IpMpsc.Nats.Sinking;

/// <summary>
/// Where a sink stands, as the channel remembers it: the number by which the forwarder of the stream numbers its messages.
/// </summary>
/// <remarks>
/// <code>
///    63   62..59       58..16                 15..0
///   +---+------------+----------------------+--------------------+
///   | 0 | generation | sequence of a batch  | index of a record  |
///   +---+------------+----------------------+--------------------+
/// </code>
/// The generation counts how often the stream was found to end before what the channel has taken of it: after a loss of power the broker gives the same
/// sequences to other batches.
/// </remarks>
/// <param name="Generation">The generation.</param>
/// <param name="Sequence">The sequence of the batch of the last record; 0 if nothing was taken.</param>
/// <param name="Index">The index of the record in its batch.</param>
internal readonly record struct SinkCursor(int Generation, ulong Sequence, int Index)
{
    private const int IndexBits = 16;
    private const int SequenceBits = 43;

    /// <summary>The largest generation.</summary>
    public const int MaxGeneration = 15;

    /// <summary>The largest sequence.</summary>
    public const ulong MaxSequence = (1UL << SequenceBits) - 1;

    public static SinkCursor Of(long number) => new(
        (int)(number >> (IndexBits + SequenceBits)),
        ((ulong)number >> IndexBits) & MaxSequence,
        (int)(number & ((1 << IndexBits) - 1)));

    public long ToNumber() => ((long)Generation << (IndexBits + SequenceBits)) | ((long)Sequence << IndexBits) | (long)Index;
}
