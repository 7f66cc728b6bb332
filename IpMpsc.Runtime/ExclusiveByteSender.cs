using IpMpsc.Opening;
using IpMpsc.Ring;
using IpMpsc.Segments;
using IpMpsc.Sending;
using IpMpsc.Waiting;

namespace IpMpsc;

/// <summary>Sends raw bytes to a channel, for one thread at a time; a little faster than a shared <see cref="ByteSender"/>.</summary>
/// <inheritdoc cref="ExclusiveSender{T}" path="/remarks" />
public sealed partial class ExclusiveByteSender : IDisposable, IAsyncDisposable
{
    private readonly RingProducer _producer;
    private readonly Attachment _attachment;
    private readonly ByteMessageSender<ExclusiveProducer> _messages;

    private ExclusiveByteSender(RingProducer producer)
    {
        _producer = producer;
        _attachment = producer.Attachment;
        ExclusiveProducer source = new(producer);
        _messages = new ByteMessageSender<ExclusiveProducer>(source, _attachment, pool: null);
        _queue = new SendQueue<StoredPayload>(source, _attachment);
    }

    /// <inheritdoc cref="Sender{T}.Path" />
    public string Path => _attachment.Path;

    /// <inheritdoc cref="Sender{T}.Capacity" />
    public long Capacity => _attachment.Layout.Capacity;

    /// <inheritdoc cref="Sender{T}.MaxMessageSize" />
    public int MaxMessageSize => _attachment.MaxPayload;

    /// <inheritdoc cref="Sender{T}.IsReceiverAttached" />
    public bool IsReceiverAttached => _attachment.IsReceiverAttached;

    /// <inheritdoc cref="Sender{T}.BytesUsed" />
    public long BytesUsed => _attachment.MeasureUse("Sender");

    /// <inheritdoc cref="Sender{T}.DroppedMessages" />
    public long DroppedMessages => _attachment.DroppedMessages;

    /// <summary>Opens an existing channel.</summary>
    /// <param name="name">A name, looked up in the user's runtime directory, or a path.</param>
    /// <param name="options">What the channel must be like; an option that is not set is not checked.</param>
    /// <param name="format">What the bytes mean; the channel must have been created with the same. Null for bytes without a stated format.</param>
    /// <inheritdoc cref="Sender{T}.Open" path="/exception" />
    public static ExclusiveByteSender Open(string name, IpcChannelOptions? options = null, ByteFormat? format = null) =>
        new(ChannelAccess.OpenExclusiveSender(name, options, OpenMode.OpenExisting, ExpectedSchema.Of(format)));

    /// <summary>Opens a channel, or creates it if it does not exist, so that it does not matter which side starts first.</summary>
    /// <inheritdoc cref="Open" path="/param|/exception" />
    public static ExclusiveByteSender OpenOrCreate(string name, IpcChannelOptions? options = null, ByteFormat? format = null) =>
        new(ChannelAccess.OpenExclusiveSender(name, options, OpenMode.OpenOrCreate, ExpectedSchema.Of(format)));

    /// <inheritdoc cref="Sender{T}.Send(in T, CancellationToken)" />
    public void Send(ReadOnlySpan<byte> message, CancellationToken cancellationToken = default) =>
        _messages.Send(0, message, cancellationToken);

    /// <summary>Sends a message with an id, as soon as there is room for it.</summary>
    /// <param name="messageId">Tells the receiver what the message is; any value that the two sides agree on. Messages without an id have 0.</param>
    /// <param name="message">The payload; it is copied into the ring.</param>
    /// <param name="cancellationToken">Ends the wait for room.</param>
    /// <inheritdoc cref="Sender{T}.Send(in T, CancellationToken)" path="/exception" />
    public void Send(ushort messageId, ReadOnlySpan<byte> message, CancellationToken cancellationToken = default) =>
        _messages.Send(messageId, message, cancellationToken);

    /// <inheritdoc cref="Sender{T}.TrySend(in T)" />
    public bool TrySend(ReadOnlySpan<byte> message) => _messages.TrySend(0, message);

    /// <summary>Sends a message with an id, if there is room for it now.</summary>
    /// <returns>False if the ring is full.</returns>
    /// <inheritdoc cref="Send(ushort, ReadOnlySpan{byte}, CancellationToken)" path="/param[@name='messageId' or @name='message']|/exception" />
    public bool TrySend(ushort messageId, ReadOnlySpan<byte> message) => _messages.TrySend(messageId, message);

    /// <inheritdoc cref="Sender{T}.TrySend(in T, TimeSpan, CancellationToken)" />
    public bool TrySend(ReadOnlySpan<byte> message, TimeSpan timeout, CancellationToken cancellationToken = default) =>
        _messages.Send(0, message, whenEmpty: false, WaitLimit.For(timeout, cancellationToken));

    /// <summary>Sends a message with an id, if there is room for it within a timeout.</summary>
    /// <param name="messageId">Tells the receiver what the message is.</param>
    /// <param name="message">The payload; it is copied into the ring.</param>
    /// <param name="timeout">The longest wait, on the monotonic clock; <see cref="Timeout.InfiniteTimeSpan"/> waits
    /// without a limit.</param>
    /// <param name="cancellationToken">Ends the wait for room.</param>
    /// <returns>False if the timeout passed first; nothing was sent then.</returns>
    /// <inheritdoc cref="Sender{T}.Send(in T, CancellationToken)" path="/exception" />
    public bool TrySend(ushort messageId, ReadOnlySpan<byte> message, TimeSpan timeout, CancellationToken cancellationToken = default) =>
        _messages.Send(messageId, message, whenEmpty: false, WaitLimit.For(timeout, cancellationToken));

    /// <inheritdoc cref="Sender{T}.SendWhenEmpty" />
    public void SendWhenEmpty(ReadOnlySpan<byte> message, CancellationToken cancellationToken = default) =>
        _messages.Send(0, message, whenEmpty: true, WaitLimit.Forever(cancellationToken));

    /// <inheritdoc cref="Sender{T}.TrySendWhenEmpty" />
    public bool TrySendWhenEmpty(ReadOnlySpan<byte> message, TimeSpan timeout, CancellationToken cancellationToken = default) =>
        _messages.Send(0, message, whenEmpty: true, WaitLimit.For(timeout, cancellationToken));

    /// <inheritdoc cref="Sender{T}.SendBatch(ReadOnlySpan{T}, CancellationToken)" />
    public void SendBatch(ReadOnlySpan<ReadOnlyMemory<byte>> messages, CancellationToken cancellationToken = default) =>
        _messages.SendBatch(messages, WaitLimit.Forever(cancellationToken));

    /// <inheritdoc cref="Sender{T}.TrySendBatch(ReadOnlySpan{T})" />
    public int TrySendBatch(ReadOnlySpan<ReadOnlyMemory<byte>> messages) => _messages.SendBatch(messages, default);

    /// <summary>Claims bytes to be filled in place, as soon as there is room for them.</summary>
    /// <param name="length">Payload bytes, from 0 to <see cref="MaxMessageSize"/>. Fewer may be committed: <see cref="ByteClaim.Commit(int, ushort)"/>.</param>
    /// <param name="cancellationToken">Ends the wait for room.</param>
    /// <inheritdoc cref="Sender{T}.Claim(CancellationToken)" path="/returns" />
    /// <inheritdoc cref="Sender{T}.Send(in T, CancellationToken)" path="/exception" />
    public ByteClaim Claim(int length, CancellationToken cancellationToken = default) => _messages.Claim(length, cancellationToken);

    /// <summary>Claims bytes to be filled in place, if there is room for them within a timeout.</summary>
    /// <param name="length">Payload bytes, from 0 to <see cref="MaxMessageSize"/>. Fewer may be committed: <see cref="ByteClaim.Commit(int, ushort)"/>.</param>
    /// <param name="claim">The claim, if there was room.</param>
    /// <param name="timeout">On the monotonic clock; zero, the default, does not wait.</param>
    /// <param name="cancellationToken">Ends the wait for room.</param>
    /// <returns>False if the timeout passed first.</returns>
    /// <inheritdoc cref="Sender{T}.Send(in T, CancellationToken)" path="/exception" />
    public bool TryClaim(
        int length, out ByteClaim claim, TimeSpan timeout = default, CancellationToken cancellationToken = default) =>
        _messages.TryClaim(length, WaitLimit.For(timeout, cancellationToken), out claim);

    /// <inheritdoc cref="Sender{T}.ExplainFull" />
    public string ExplainFull() => FullRing.Describe(_attachment);

    /// <inheritdoc cref="Sender{T}.Dispose" />
    public void Dispose() => _producer.Close();

    /// <summary>As <see cref="Dispose"/>, which never waits, for <c>await using</c>.</summary>
    public ValueTask DisposeAsync()
    {
        Dispose();
        return default;
    }
}
