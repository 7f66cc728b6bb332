using System.Globalization;
using System.Runtime.CompilerServices;
using IpMpsc.Dropping;
using IpMpsc.Opening;
using IpMpsc.Receiving;
using IpMpsc.Ring;
using IpMpsc.Segments;
using IpMpsc.Waiting;

namespace IpMpsc;

/// <summary>Receives raw payloads, for programs that bring their own format. The channel has no schema.</summary>
/// <inheritdoc cref="Receiver{T}" path="/remarks" />
public sealed partial class ByteReceiver : IReceiver, IConsumerOwner
{
    private readonly RingConsumer _consumer;
    private readonly PayloadReceiver<AnyMessage> _payloads;

    private ByteReceiver(RingConsumer consumer)
    {
        _consumer = consumer;
        _payloads = new PayloadReceiver<AnyMessage>(consumer, default);
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

    /// <summary>
    /// Tells a receiver with <see cref="FullMode.LatestOnly"/> the key of a message: of several messages with the same key it hands out the newest one. Without a key,
    /// all messages with the same id have the same one.
    /// </summary>
    /// <param name="key">Reads the key from the payload. It is called once for each message. A message for which it throws is handed out.</param>
    /// <typeparam name="TKey">The type of the key.</typeparam>
    /// <inheritdoc cref="Receiver{T}.LatestBy" path="/exception[not(@cref='T:System.ArgumentException')]" />
    public void LatestBy<TKey>(Func<ReadOnlySpan<byte>, TKey> key) where TKey : notnull
    {
        ArgumentNullException.ThrowIfNull(key);
        DropRules.SetKey(_consumer, (payload, _) => key(payload));
    }

    /// <inheritdoc cref="Receiver{T}.Create" path="/summary|/exception" />
    /// <param name="name">A name, looked up in the user's runtime directory, or a path.</param>
    /// <param name="options">How the channel is created, and what is expected of one that exists.</param>
    /// <param name="format">What the bytes mean; every sender must state the same. Null for bytes without a stated format.</param>
    public static ByteReceiver Create(string name, IpcChannelOptions? options = null, ByteFormat? format = null) =>
        new(ChannelAccess.OpenReceiver(name, options, OpenMode.CreateNew, ExpectedSchema.Of(format)));

    /// <inheritdoc cref="Receiver{T}.Open" path="/summary|/exception" />
    /// <param name="name">A name, looked up in the user's runtime directory, or a path.</param>
    /// <param name="options">How the channel is created, and what is expected of one that exists.</param>
    /// <param name="format">What the bytes mean; every sender must state the same. Null for bytes without a stated format.</param>
    public static ByteReceiver Open(string name, IpcChannelOptions? options = null, ByteFormat? format = null) =>
        new(ChannelAccess.OpenReceiver(name, options, OpenMode.OpenExisting, ExpectedSchema.Of(format)));

    /// <inheritdoc cref="Receiver{T}.OpenOrCreate" path="/summary|/exception" />
    /// <param name="name">A name, looked up in the user's runtime directory, or a path.</param>
    /// <param name="options">How the channel is created, and what is expected of one that exists.</param>
    /// <param name="format">What the bytes mean; every sender must state the same. Null for bytes without a stated format.</param>
    public static ByteReceiver OpenOrCreate(string name, IpcChannelOptions? options = null, ByteFormat? format = null) =>
        new(ChannelAccess.OpenReceiver(name, options, OpenMode.OpenOrCreate, ExpectedSchema.Of(format)));

    /// <inheritdoc cref="Receiver{T}.Replace" path="/summary|/exception" />
    /// <param name="name">A name, looked up in the user's runtime directory, or a path.</param>
    /// <param name="options">How the channel is created, and what is expected of one that exists.</param>
    /// <param name="format">What the bytes mean; every sender must state the same. Null for bytes without a stated format.</param>
    public static ByteReceiver Replace(string name, IpcChannelOptions? options = null, ByteFormat? format = null) =>
        new(ChannelAccess.OpenReceiver(name, options, OpenMode.Replace, ExpectedSchema.Of(format)));

    /// <inheritdoc cref="Receiver{T}.CreateTemporary" path="/summary|/exception" />
    /// <param name="options">How the channel is created.</param>
    /// <param name="format">What the bytes mean; every sender must state the same. Null for bytes without a stated format.</param>
    public static ByteReceiver CreateTemporary(IpcChannelOptions? options = null, ByteFormat? format = null) =>
        Create(ChannelAccess.NewTemporaryName(), ChannelAccess.Temporary(options), format);

    /// <summary>Receives the next message as a new array; waits until there is one.</summary>
    /// <inheritdoc cref="Receiver{T}.Receive" path="/param|/exception" />
    public byte[] Receive(CancellationToken cancellationToken = default)
    {
        _payloads.Take(cancellationToken);
        return CopyAndRelease();
    }

    /// <summary>Receives the next message into a buffer, if there is one now.</summary>
    /// <param name="destination">The buffer, at least as long as the message.</param>
    /// <param name="length">The length of the message in bytes, even if the buffer is too small for it.</param>
    /// <returns>False if there is no message.</returns>
    /// <exception cref="ArgumentException">The buffer is too small. The message stays in the channel: receive it into a larger buffer.</exception>
    /// <inheritdoc cref="Receiver{T}.TryReceive(out T)" path="/exception" />
    public bool TryReceive(Span<byte> destination, out int length) =>
        TryCopy(_payloads.TryTake(), destination, out length);

    /// <summary>Receives the next message into a buffer, if one comes within a timeout.</summary>
    /// <param name="destination">The buffer, at least as long as the message.</param>
    /// <param name="length">The length of the message in bytes, even if the buffer is too small for it.</param>
    /// <param name="timeout">The longest wait, on the monotonic clock; <see cref="Timeout.InfiniteTimeSpan"/> waits without a limit.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>False if the timeout passed first.</returns>
    /// <exception cref="ArgumentException">The buffer is too small. The message stays in the channel: receive it into a larger buffer.</exception>
    /// <inheritdoc cref="Receiver{T}.Receive" path="/exception" />
    public bool TryReceive(
        Span<byte> destination, out int length, TimeSpan timeout, CancellationToken cancellationToken = default) =>
        TryCopy(_payloads.TryTake(WaitLimit.For(timeout, cancellationToken)), destination, out length);

    /// <inheritdoc cref="Receiver{T}.ReceiveInPlace" />
    public ReceivedBytes ReceiveInPlace(CancellationToken cancellationToken = default)
    {
        _payloads.Take(cancellationToken);
        return new ReceivedBytes(_consumer);
    }

    /// <inheritdoc cref="Receiver{T}.TryReceiveInPlace(out ReceivedMessage{T})" />
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryReceiveInPlace(out ReceivedBytes message)
    {
        bool received = _payloads.TryTake();
        message = received ? new ReceivedBytes(_consumer) : default;
        return received;
    }

    /// <inheritdoc cref="Receiver{T}.TryReceiveInPlace(out ReceivedMessage{T}, TimeSpan, CancellationToken)" />
    public bool TryReceiveInPlace(
        out ReceivedBytes message, TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        bool received = _payloads.TryTake(WaitLimit.For(timeout, cancellationToken));
        message = received ? new ReceivedBytes(_consumer) : default;
        return received;
    }

    /// <inheritdoc cref="Receiver{T}.ReadAll" />
    public ReceivedByteMessages ReadAll(CancellationToken cancellationToken = default) => new(this, cancellationToken);

    /// <inheritdoc cref="Receiver{T}.Drain" />
    public int Drain(BytesHandler handler, int maxMessages = int.MaxValue)
    {
        ArgumentNullException.ThrowIfNull(handler);
        int handled = 0;
        while (handled < maxMessages && (handled == 0 || !_consumer.IsClosed) && TryReceiveInPlace(out ReceivedBytes message))
        {
            using (message)
            {
                handler(message);
            }

            handled++;
        }

        return handled;
    }

    /// <inheritdoc cref="Receiver{T}.BytesUsed" />
    public long BytesUsed => _consumer.Attachment.MeasureUse("Receiver");

    /// <inheritdoc cref="Receiver{T}.IsCompleted" />
    public bool IsCompleted => _payloads.IsCompleted;

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

    /// <summary>Copies the message in hand, if there is one, and releases it. A message that does not fit stays in the ring.</summary>
    private bool TryCopy(bool isTaken, Span<byte> destination, out int length)
    {
        if (!isTaken)
        {
            length = 0;
            return false;
        }

        length = _consumer.Payload.Length;
        if (length > destination.Length)
        {
            _consumer.PutBack();
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"The message has {length:N0} bytes, the buffer {destination.Length:N0}. ") +
                "The message stays in the channel: receive it into a larger buffer.",
                nameof(destination));
        }

        _consumer.Payload.CopyTo(destination);
        _consumer.Release();
        _consumer.Exit();
        return true;
    }

    /// <summary>Copies the message in hand and releases it. If there is not enough memory for the copy, it stays in the ring.</summary>
    private byte[] CopyAndRelease()
    {
        byte[]? copy = null;
        try
        {
            return copy = _consumer.Payload.ToArray();
        }
        finally
        {
            if (copy is null)
            {
                _consumer.PutBack();
            }
            else
            {
                _consumer.Release();
                _consumer.Exit();
            }
        }
    }
}
