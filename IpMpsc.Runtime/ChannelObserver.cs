using IpMpsc.Layout;
using IpMpsc.Observing;
using IpMpsc.Platform;
using IpMpsc.Segments;

namespace IpMpsc;

/// <summary>
/// Looks at a channel without taking part in it: the channel is mapped for reading only, no lock is
/// taken, and no participant notices. Any number of observers may look at once.
/// </summary>
/// <remarks>
/// All members are safe to be called from several threads at once. An observer keeps the memory of a
/// channel that was deleted, see <see cref="ChannelInfo.IsRetired"/>, until it is disposed. Where the
/// system has no way to ask who holds a lock without trying to take it, the question takes it for a moment.
/// </remarks>
public sealed class ChannelObserver : IDisposable
{
    private readonly Lock _gate = new();
    private readonly SegmentView _segment;
    private readonly RingObserver _ring;
    private readonly ClaimAges _watch = new();
    private bool _disposed;

    private ChannelObserver(SegmentView segment)
    {
        _segment = segment;
        _ring = new RingObserver(segment);
    }

    /// <summary>Full path of the channel.</summary>
    public string Path => _segment.Path;

    /// <summary>Begins to observe a channel.</summary>
    /// <param name="name">A name, looked up in the user's runtime directory, or a path.</param>
    /// <exception cref="ArgumentException">The name cannot be that of a channel.</exception>
    /// <exception cref="ChannelNotFoundException">There is no such channel.</exception>
    /// <exception cref="ChannelMismatchException">The file is no channel, or one of another layout version.</exception>
    /// <exception cref="ChannelFileException">The file system does not allow it.</exception>
    /// <exception cref="ChannelCorruptException">The header is damaged, or the file was cut.</exception>
    public static ChannelObserver Open(string name)
    {
        try
        {
            return new ChannelObserver(ChannelOpener.OpenToObserve(ChannelPath.Resolve(name)));
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
            return ChannelInfo.Of(_segment, _ring, _watch);
        }
    }

    /// <summary>Copies messages that wait, from the next one on, and leaves them where they are.</summary>
    /// <param name="maxMessages">The most to copy.</param>
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
        }

        return new ChannelPeek(
            [
                .. records.Select(record => new PeekedMessage(
                    record.Position,
                    RecordDescriptor.MessageIdOf(record.Description),
                    RecordDescriptor.SchemaVersionOf(record.Description),
                    record.Payload)),
            ],
            corrupt < 0 ? null : corrupt);
    }

    /// <summary>Ends the observation.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (!_disposed)
            {
                _disposed = true;
                _segment.File.Dispose();
            }
        }
    }
}
