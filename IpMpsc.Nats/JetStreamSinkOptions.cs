namespace IpMpsc.Nats;

/// <summary>How a stream goes into a channel.</summary>
public sealed class JetStreamSinkOptions : JetStreamOptions
{
    /// <summary>The largest <see cref="Prefetch"/>.</summary>
    public const int MaxPrefetch = 4096;

    private int _prefetch = 64;
    private long _firstSequence = 1;

    /// <summary>How many batches the broker may send ahead, 1 to 4,096; 64 by default. They wait in memory while the channel is full.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is too small or too large.</exception>
    public int Prefetch
    {
        get => _prefetch;
        set => _prefetch = value is >= 1 and <= MaxPrefetch
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, $"A bridge prefetches 1 to {MaxPrefetch} batches.");
    }

    /// <summary>
    /// The first sequence of the stream that a channel without anything of this stream takes; 1 by default, which is everything. A channel that has
    /// taken something resumes behind it, whatever stands here.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is less than 1.</exception>
    public long FirstSequence
    {
        get => _firstSequence;
        set => _firstSequence = value >= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "The first sequence of a stream is 1.");
    }
}
