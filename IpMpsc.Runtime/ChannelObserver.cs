using IpMpsc.Layout;
using IpMpsc.Observing;
using IpMpsc.Platform;
using IpMpsc.Segments;

namespace IpMpsc;

/// <summary>
/// Looks at a channel without taking part in it: it maps the channel for reading only and takes no lock, and
/// the participants are not affected. Any number of observers may look at the same time.
/// </summary>
/// <remarks>
/// All members are safe to call from several threads at the same time. An observer keeps the memory of a
/// deleted channel, see <see cref="ChannelInfo.IsRetired"/>, until the observer is disposed. On a system that cannot
/// tell who holds a lock without trying to take it, an inspection takes the lock for a moment.
/// </remarks>
public sealed class ChannelObserver : IDisposable, IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly ObservedSegment _segment;
    private readonly RingObserver _ring;
    private readonly ClaimAges _watch = new();
    private bool _disposed;

    private ChannelObserver(ObservedSegment segment)
    {
        _segment = segment;
        _ring = new RingObserver(segment);
    }

    /// <summary>Full path of the channel.</summary>
    public string Path => _segment.Path;

    /// <summary>Position of the first record that is not released now: <see cref="ChannelInfo.HeadPosition"/> at the cost of one load.</summary>
    /// <exception cref="ObjectDisposedException">The observer was disposed.</exception>
    public unsafe long HeadPosition
    {
        get
        {
            lock (_gate)
            {
                ObjectDisposedException.ThrowIf(_disposed, this);
                return SharedWord.LoadHead(_segment.Header.Head);
            }
        }
    }

    /// <summary>Starts to observe a channel.</summary>
    /// <param name="name">A name, looked up in the user's runtime directory, or a path.</param>
    /// <exception cref="ArgumentException">The name is not a valid channel name.</exception>
    /// <exception cref="ChannelNotFoundException">The channel does not exist.</exception>
    /// <exception cref="ChannelMismatchException">The file is not a channel, or the channel has another layout version.</exception>
    /// <exception cref="ChannelFileException">The file system refuses access to the file.</exception>
    /// <exception cref="ChannelCorruptException">The header is damaged, or the file was truncated.</exception>
    public static ChannelObserver Open(string name) => Open(name, [ChannelOwner.Self]);

    /// <summary>Starts to observe a channel that may belong to another user, see <see cref="ChannelSharing"/>.</summary>
    /// <param name="name">A name, looked up in the user's runtime directory, or a path.</param>
    /// <param name="trustedOwners">The owners whose channels may be opened.</param>
    /// <inheritdoc cref="Open(string)" path="/exception" />
    public static ChannelObserver Open(string name, IReadOnlyList<ChannelOwner> trustedOwners)
    {
        ArgumentNullException.ThrowIfNull(trustedOwners);
        try
        {
            return new ChannelObserver(ChannelOpener.OpenToObserve(ChannelPath.Resolve(name), ChannelOwner.RulesOf(trustedOwners)));
        }
        catch (ChannelFault fault)
        {
            throw ChannelException.From(fault);
        }
    }

    /// <summary>Describes the channel as it is now.</summary>
    /// <exception cref="ObjectDisposedException">The observer was disposed.</exception>
    public ChannelInfo Inspect()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            ChannelInfo info = ChannelInfo.Of(_segment, _ring, _watch);
            GC.KeepAlive(this); // The segment stays mapped until it has been read.
            return info;
        }
    }

    /// <summary>Copies the messages that wait, from the next one on, and leaves them in the channel.</summary>
    /// <param name="maxMessages">The largest number of messages to copy.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    /// <exception cref="ObjectDisposedException">The observer was disposed.</exception>
    public ChannelPeek Peek(int maxMessages = int.MaxValue)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maxMessages);
        List<CopiedRecord> records = [];
        long corrupt;
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            corrupt = _ring.CopyMessages(maxMessages, records);
            GC.KeepAlive(this);
        }

        return new ChannelPeek([.. records.Select(PeekedMessage.Of)], corrupt < 0 ? null : corrupt);
    }

    /// <summary>
    /// Copies messages that were received and released. A message stays readable until senders reuse its room, so the messages of about the last lap
    /// of the ring can be read: from a channel in use, from one that nobody uses any more, and from a copy of its file.
    /// </summary>
    /// <param name="order">The order of the messages, and the end from which <paramref name="maxMessages"/> are counted.</param>
    /// <param name="maxMessages">The largest number of messages to copy.</param>
    /// <param name="since">The first position to look at, in bytes since the channel was created. To continue, pass the <see cref="ChannelHistory.HeadPosition"/> of the previous call.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative.</exception>
    /// <exception cref="ObjectDisposedException">The observer was disposed.</exception>
    public ChannelHistory ReadHistory(HistoryOrder order = HistoryOrder.OldestFirst, int maxMessages = int.MaxValue, long since = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maxMessages);
        ArgumentOutOfRangeException.ThrowIfNegative(since);
        List<CopiedRecord> records = [];
        long overwritten, head, oldest;
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            overwritten = new RingHistory(_segment).Copy(
                order == HistoryOrder.NewestFirst, since, maxMessages, records, out head, out oldest);
        }

        return new ChannelHistory([.. records.Select(PeekedMessage.Of)], oldest, head, overwritten);
    }

    /// <summary>
    /// Opens a tap, which reads every message as it passes, from the first one on that is not released yet. Any number of taps can be open at once.
    /// </summary>
    /// <exception cref="ObjectDisposedException">The observer was disposed.</exception>
    public ChannelTap OpenTap()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return new ChannelTap(this, _segment);
        }
    }

    internal bool TryReadTap(RingTap tap, out CopiedRecord record)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return tap.TryRead(out record);
        }
    }

    /// <summary>Ends the observation.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (!_disposed)
            {
                _disposed = true;
                _segment.Dispose();
            }
        }
    }

    /// <summary>As <see cref="Dispose"/>, which never waits, for <c>await using</c>.</summary>
    public ValueTask DisposeAsync()
    {
        Dispose();
        return default;
    }
}
