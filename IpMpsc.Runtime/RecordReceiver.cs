using IpMpsc.Opening;
using IpMpsc.Receiving;
using IpMpsc.Ring;
using IpMpsc.Schemas;
using IpMpsc.Segments;
using IpMpsc.Waiting;

namespace IpMpsc;

/// <summary>
/// Receives from a channel of any message types, without having these types: for tools and bridges.
/// <see cref="SchemaMessage.Decode"/> decodes a payload with the schema that the channel carries.
/// </summary>
/// <inheritdoc cref="Receiver{T}" path="/remarks" />
public sealed partial class RecordReceiver : IReceiver, IConsumerOwner
{
    private readonly RingConsumer _consumer;
    private readonly PayloadReceiver<AnyMessage> _payloads;

    private RecordReceiver(RingConsumer consumer)
    {
        _consumer = consumer;
        _payloads = new PayloadReceiver<AnyMessage>(consumer, default);
        Schema = ExpectedSchema.TextOf(consumer.Attachment);
        ChannelId = consumer.Attachment.Header.ChannelId;
    }

    RingConsumer IConsumerOwner.Consumer => _consumer;

    /// <inheritdoc cref="Receiver{T}.Path" />
    public string Path => _consumer.Attachment.Path;

    /// <inheritdoc cref="Receiver{T}.Capacity" />
    public long Capacity => _consumer.Attachment.Layout.Capacity;

    /// <inheritdoc cref="Receiver{T}.MaxMessageSize" />
    public int MaxMessageSize => _consumer.Attachment.MaxPayload;

    /// <inheritdoc cref="Receiver{T}.DroppedMessages" />
    public long DroppedMessages => _consumer.DroppedMessages;

    /// <inheritdoc cref="RecordSender.Schema" />
    public string Schema { get; }

    /// <summary>The random number of this channel: another one, even under the same name, has another id. See <see cref="ChannelInfo.Id"/>.</summary>
    public Guid ChannelId { get; }

    /// <inheritdoc cref="Receiver{T}.BytesUsed" />
    public long BytesUsed => _consumer.Attachment.MeasureUse("Receiver");

    /// <inheritdoc cref="Receiver{T}.IsCompleted" />
    public bool IsCompleted => _payloads.IsCompleted;

    /// <summary>Becomes the receiver of an existing channel of any message types.</summary>
    /// <inheritdoc cref="Receiver{T}.Open" path="/param|/exception" />
    public static RecordReceiver Open(string name, IpcChannelOptions? options = null) =>
        new(ChannelAccess.OpenReceiver(name, options, OpenMode.OpenExisting, ExpectedSchema.Any));

    /// <summary>Receives the next message of any type in place; waits until there is one.</summary>
    /// <inheritdoc cref="Receiver{T}.ReceiveInPlace" path="/param|/returns|/exception" />
    public ReceivedRecord ReceiveInPlace(CancellationToken cancellationToken = default)
    {
        _payloads.Take(cancellationToken);
        return new ReceivedRecord(_consumer);
    }

    /// <summary>Receives the next message of any type in place, if there is one now.</summary>
    /// <inheritdoc cref="Receiver{T}.TryReceiveInPlace(out ReceivedMessage{T})" />
    public bool TryReceiveInPlace(out ReceivedRecord message)
    {
        bool received = _payloads.TryTake();
        message = received ? new ReceivedRecord(_consumer) : default;
        return received;
    }

    /// <summary>Receives the next message of any type in place, if one comes within a timeout.</summary>
    /// <inheritdoc cref="Receiver{T}.TryReceiveInPlace(out ReceivedMessage{T}, TimeSpan, CancellationToken)" />
    public bool TryReceiveInPlace(
        out ReceivedRecord message, TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        bool received = _payloads.TryTake(WaitLimit.For(timeout, cancellationToken));
        message = received ? new ReceivedRecord(_consumer) : default;
        return received;
    }

    /// <inheritdoc cref="Receiver{T}.WaitToReceiveAsync" />
    public ValueTask<bool> WaitToReceiveAsync(CancellationToken cancellationToken = default) =>
        _payloads.WaitForMessageAsync(cancellationToken);

    /// <summary>
    /// Steps over the gaps that dead senders left before the next message, as every receive does. Receives
    /// nothing and does not wait.
    /// </summary>
    /// <returns>The number of gaps that were stepped over.</returns>
    /// <exception cref="InvalidOperationException">A message is in hand, or another thread uses the receiver.</exception>
    /// <exception cref="ObjectDisposedException">The receiver was disposed.</exception>
    public long Recover() => _payloads.StepOverGaps();

    /// <inheritdoc cref="Receiver{T}.SkipCorrupt" />
    public long SkipCorrupt() => _payloads.SkipCorrupt();

    /// <inheritdoc cref="Receiver{T}.Dispose" />
    public void Dispose() => _consumer.Close();

    /// <summary>As <see cref="Dispose"/>, which never waits, for <c>await using</c>.</summary>
    public ValueTask DisposeAsync()
    {
        Dispose();
        return default;
    }
}
