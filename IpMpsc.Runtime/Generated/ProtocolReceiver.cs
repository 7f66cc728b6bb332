using System.ComponentModel;
using IpMpsc.Dropping;
using IpMpsc.Opening;
using IpMpsc.Receiving;
using IpMpsc.Ring;
using IpMpsc.Segments;
using IpMpsc.Views;
using IpMpsc.Waiting;

namespace IpMpsc.Generated;

/// <summary>What the generated receivers of all protocols have in common.</summary>
/// <inheritdoc cref="Receiver{T}" path="/remarks" />
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class ProtocolReceiver : IReceiver, IConsumerOwner
{
    private readonly RingConsumer _consumer;
    private readonly PayloadReceiver<MessageOfProtocol> _payloads;

    /// <summary>Becomes the receiver of a channel.</summary>
    /// <param name="schema">The messages of the protocol.</param>
    /// <param name="name">A name, for a file in the user's runtime directory, or a path.</param>
    /// <param name="options">How to create the channel, or what it must be like.</param>
    /// <param name="opening">Whether it may, or must, exist.</param>
    protected ProtocolReceiver(ProtocolSchema schema, string name, IpcChannelOptions? options, ProtocolOpening opening)
    {
        _consumer = ChannelAccess.OpenReceiver(name, options, (OpenMode)opening, schema.Channel);
        _payloads = new PayloadReceiver<MessageOfProtocol>(_consumer, schema.Accepted);
    }

    /// <summary>Creates a channel that is deleted with this receiver.</summary>
    /// <param name="schema">The messages of the protocol.</param>
    /// <param name="options">How to create the channel.</param>
    protected ProtocolReceiver(ProtocolSchema schema, IpcChannelOptions? options)
        : this(schema, ChannelAccess.NewTemporaryName(), ChannelAccess.Temporary(options), ProtocolOpening.Create)
    {
    }

    RingConsumer IConsumerOwner.Consumer => _consumer;

    /// <inheritdoc cref="Receiver{T}.Path" />
    public string Path => _consumer.Attachment.Path;

    /// <inheritdoc cref="Receiver{T}.Capacity" />
    public long Capacity => _consumer.Attachment.Layout.Capacity;

    /// <inheritdoc cref="Receiver{T}.MaxMessageSize" />
    public int MaxMessageSize => _consumer.Attachment.MaxPayload;

    /// <inheritdoc cref="Receiver{T}.BytesUsed" />
    public long BytesUsed => _consumer.Attachment.MeasureUse("Receiver");

    /// <inheritdoc cref="Receiver{T}.DroppedMessages" />
    public long DroppedMessages => _consumer.DroppedMessages;

    /// <summary>
    /// Tells a receiver with <see cref="FullMode.LatestOnly"/> the key of one message type: of several messages with the same key it hands out the newest one.
    /// Without a key, all messages of a type have the same one.
    /// </summary>
    /// <param name="key">Reads the key in place. It is called once for each message of the type. A message for which it throws is handed out.</param>
    /// <typeparam name="T">The message type.</typeparam>
    /// <typeparam name="TView">Its generated <c>View</c>.</typeparam>
    /// <typeparam name="TKey">The type of the key.</typeparam>
    /// <inheritdoc cref="Receiver{T}.LatestBy" path="/exception" />
    public void LatestBy<T, TView, TKey>(Func<TView, TKey> key)
        where T : struct, IChannelMessage<T>
        where TView : IMessageView<TView>, allows ref struct
        where TKey : notnull =>
        DropRules.SetKey<T, TView, TKey>(_consumer, key);

    /// <inheritdoc cref="Receiver{T}.IsCompleted" />
    public bool IsCompleted => _payloads.IsCompleted;

    /// <inheritdoc cref="Receiver{T}.SkipCorrupt" />
    public long SkipCorrupt() => _payloads.SkipCorrupt();

    /// <inheritdoc cref="Receiver{T}.WaitToReceiveAsync" />
    public ValueTask<bool> WaitToReceiveAsync(CancellationToken cancellationToken = default) =>
        _payloads.WaitForMessageAsync(cancellationToken);

    /// <inheritdoc cref="Receiver{T}.Dispose" />
    public void Dispose() => _consumer.Close();

    /// <summary>As <see cref="Dispose"/>, which never waits, for <c>await using</c>.</summary>
    public ValueTask DisposeAsync()
    {
        Dispose();
        return default;
    }

    /// <inheritdoc cref="Receiver{T}.NextPosition" />
    public long NextPosition => _consumer.Cursor;

    /// <inheritdoc cref="Receiver{T}.HeldMessages" />
    public int HeldMessages => _consumer.HeldCount;

    /// <inheritdoc cref="Receiver{T}.ReleaseThrough" />
    public int ReleaseThrough(long position) => _consumer.ReleaseHeldThrough(position);

    /// <inheritdoc cref="Receiver{T}.Rewind" />
    public void Rewind() => _payloads.Rewind();

    /// <summary>Receives the next message of any type and holds it; waits until there is one.</summary>
    /// <inheritdoc cref="ReceiveRecord" path="/exception" />
    /// <inheritdoc cref="Receiver{T}.Hold" path="/param|/returns" />
    protected HeldRecord HoldRecord(CancellationToken cancellationToken)
    {
        _payloads.Take(cancellationToken);
        return new HeldRecord(_consumer);
    }

    /// <summary>Receives the next message of any type and holds it, if there is one now.</summary>
    /// <param name="record">The message. Dispose it when you have finished with it, on any thread.</param>
    /// <returns>False if there is no message.</returns>
    /// <inheritdoc cref="ReceiveRecord" path="/exception" />
    protected bool TryHoldRecord(out HeldRecord record)
    {
        bool received = _payloads.TryTake();
        record = received ? new HeldRecord(_consumer) : default;
        return received;
    }

    /// <summary>Receives the next message of any type and holds it, if one comes within a timeout.</summary>
    /// <param name="record">The message. Dispose it when you have finished with it, on any thread.</param>
    /// <param name="timeout">The longest wait, on the monotonic clock; <see cref="Timeout.InfiniteTimeSpan"/> waits without a limit.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>False if the timeout passed first.</returns>
    /// <inheritdoc cref="ReceiveRecord" path="/exception" />
    protected bool TryHoldRecord(out HeldRecord record, TimeSpan timeout, CancellationToken cancellationToken)
    {
        bool received = _payloads.TryTake(WaitLimit.For(timeout, cancellationToken));
        record = received ? new HeldRecord(_consumer) : default;
        return received;
    }

    /// <summary>Receives the next message of any type and holds it; completes when there is one.</summary>
    /// <inheritdoc cref="HoldRecord" path="/param|/returns|/exception" />
    protected async ValueTask<HeldRecord> HoldRecordAsync(CancellationToken cancellationToken)
    {
        await _payloads.TakeAsync(cancellationToken).ConfigureAwait(false);
        return new HeldRecord(_consumer);
    }

    /// <summary>Receives the next message of any type in place; waits until there is one.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="UnknownMessageException">The protocol does not have the message's type. The receiver stepped over the message.</exception>
    /// <inheritdoc cref="Receiver{T}.ReceiveInPlace" path="/returns|/exception" />
    protected ReceivedRecord ReceiveRecord(CancellationToken cancellationToken)
    {
        _payloads.Take(cancellationToken);
        return new ReceivedRecord(_consumer);
    }

    /// <summary>Receives the next message of any type in place, if there is one now.</summary>
    /// <param name="record">The message; dispose it to receive the next one.</param>
    /// <returns>False if there is no message.</returns>
    /// <inheritdoc cref="ReceiveRecord" path="/exception" />
    protected bool TryReceiveRecord(out ReceivedRecord record)
    {
        bool received = _payloads.TryTake();
        record = received ? new ReceivedRecord(_consumer) : default;
        return received;
    }

    /// <summary>Receives the next message of any type in place, if one comes within a timeout.</summary>
    /// <param name="record">The message; dispose it to receive the next one.</param>
    /// <param name="timeout">The longest wait, on the monotonic clock; <see cref="Timeout.InfiniteTimeSpan"/> waits without a limit.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>False if the timeout passed first.</returns>
    /// <inheritdoc cref="ReceiveRecord" path="/exception" />
    protected bool TryReceiveRecord(out ReceivedRecord record, TimeSpan timeout, CancellationToken cancellationToken)
    {
        bool received = _payloads.TryTake(WaitLimit.For(timeout, cancellationToken));
        record = received ? new ReceivedRecord(_consumer) : default;
        return received;
    }
}
