using System.Globalization;
using IpMpsc.Nats.Batches;
using IpMpsc.Nats.Progress;

namespace IpMpsc.Nats.Sourcing;

/// <summary>Takes messages and packs them into batches. They stay held in the channel until the broker has acknowledged them.</summary>
/// <param name="receiver">The receiver of the channel.</param>
/// <param name="limit">The largest batch that the broker takes, in bytes.</param>
internal sealed class MessageTaker(RecordReceiver receiver, int limit)
{
    private HeldRecord? _next;

    /// <summary>The batch that was filled last.</summary>
    public BatchWriter Batch { get; } = new();

    /// <summary>Payload bytes of that batch.</summary>
    public long PayloadBytes { get; private set; }

    /// <summary>Goes back to the first message that is not released, and releases those that the stream has already.</summary>
    /// <param name="position">The position of the last one that it has; -1 if it has none.</param>
    public void Begin(long position)
    {
        receiver.Rewind();
        while (receiver.NextPosition <= position && receiver.TryHold(out HeldRecord record))
        {
            if (record.Position > position)
            {
                _next = record;
            }
        }

        receiver.ReleaseThrough(position);
    }

    /// <summary>Takes what the channel holds now.</summary>
    /// <param name="size">The batch is full when it has so many bytes. The last message may lead beyond that.</param>
    /// <returns>False if the channel holds nothing.</returns>
    /// <exception cref="BridgeObstacle">The broker does not take the next message.</exception>
    public bool TryFill(int size)
    {
        Batch.Clear();
        PayloadBytes = 0;
        while (Batch.Length < size && TryTakeNext(out HeldRecord record))
        {
            int length = record.Payload.Length;
            if (!Batch.TryAdd(record, limit))
            {
                _next = record; // It begins the next batch.
                return Batch.Count > 0 ? true : throw TooLarge(record.Position, length);
            }

            PayloadBytes += length;
        }

        return Batch.Count > 0;
    }

    private bool TryTakeNext(out HeldRecord record)
    {
        if (_next is { } next)
        {
            (record, _next) = (next, null);
            return true;
        }

        return receiver.TryHold(out record);
    }

    private BridgeObstacle TooLarge(long position, int length) => BridgeObstacle.Refuse(string.Create(
        CultureInfo.InvariantCulture,
        $"The message at position {position:N0} has {length:N0} bytes; the broker takes {limit - BatchLayout.HeaderSize:N0} with its headers. " +
        $"Raise max_payload in the broker's configuration."));
}
