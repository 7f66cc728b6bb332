using System.Runtime.CompilerServices;
using IpMpsc.Opening;
using IpMpsc.Receiving;
using IpMpsc.Ring;
using IpMpsc.Segments;
using IpMpsc.Waiting;

namespace IpMpsc;

/// <summary>Receives raw payloads, for those who bring their own format: the same ring without a schema.</summary>
/// <inheritdoc cref="Receiver{T}" path="/remarks" />
public sealed partial class ByteReceiver : IReceiver
{
    private readonly RingConsumer _ring;

    private ByteReceiver(RingConsumer ring) => _ring = ring;

    RingConsumer IReceiver.Ring => _ring;

    /// <inheritdoc cref="Receiver{T}.Path" />
    public string Path => _ring.Attachment.Path;

    /// <inheritdoc cref="Receiver{T}.Capacity" />
    public long Capacity => _ring.Attachment.Layout.Capacity;

    /// <inheritdoc cref="Receiver{T}.MaxMessageSize" />
    public int MaxMessageSize => _ring.Attachment.MaxPayload;

    /// <inheritdoc cref="Receiver{T}.Create" />
    public static ByteReceiver Create(string name, IpcChannelOptions? options = null) =>
        new(ChannelAccess.OpenReceiver(name, options, OpenMode.CreateNew, ExpectedSchema.Bytes));

    /// <inheritdoc cref="Receiver{T}.Open" />
    public static ByteReceiver Open(string name, IpcChannelOptions? options = null) =>
        new(ChannelAccess.OpenReceiver(name, options, OpenMode.OpenExisting, ExpectedSchema.Bytes));

    /// <inheritdoc cref="Receiver{T}.OpenOrCreate" />
    public static ByteReceiver OpenOrCreate(string name, IpcChannelOptions? options = null) =>
        new(ChannelAccess.OpenReceiver(name, options, OpenMode.OpenOrCreate, ExpectedSchema.Bytes));

    /// <inheritdoc cref="Receiver{T}.Replace" />
    public static ByteReceiver Replace(string name, IpcChannelOptions? options = null) =>
        new(ChannelAccess.OpenReceiver(name, options, OpenMode.Replace, ExpectedSchema.Bytes));

    /// <inheritdoc cref="Receiver{T}.CreateTemporary" />
    public static ByteReceiver CreateTemporary(IpcChannelOptions? options = null) =>
        Create(ChannelAccess.NewTemporaryName(), ChannelAccess.Temporary(options));

    /// <summary>Receives the next message as an array of its own, as soon as there is one.</summary>
    /// <inheritdoc cref="Receiver{T}.Receive" path="/param|/exception" />
    public byte[] Receive(CancellationToken cancellationToken = default)
    {
        using ReceivedBytes message = ReceiveInPlace(cancellationToken);
        return message.Payload.ToArray();
    }

    /// <summary>Receives the next message into a buffer, if there is one now.</summary>
    /// <param name="destination">The buffer; at least as long as the message.</param>
    /// <param name="length">Bytes of the message, also if the buffer is too small for it.</param>
    /// <returns>False if there is none.</returns>
    /// <exception cref="ArgumentException">The buffer is too small. The message was not taken: receive it into a larger one.</exception>
    /// <inheritdoc cref="Receiver{T}.TryReceive(out T)" path="/exception" />
    public bool TryReceive(Span<byte> destination, out int length) =>
        TryCopy(TryReceiveInPlace(out ReceivedBytes message), message, destination, out length);

    /// <summary>Receives the next message into a buffer, if one comes within a time.</summary>
    /// <param name="destination">The buffer; at least as long as the message.</param>
    /// <param name="length">Bytes of the message, also if the buffer is too small for it.</param>
    /// <param name="timeout">On the monotonic clock; <see cref="Timeout.InfiniteTimeSpan"/> waits as long as it takes.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>False if the time passed first.</returns>
    /// <exception cref="ArgumentException">The buffer is too small. The message was not taken: receive it into a larger one.</exception>
    /// <inheritdoc cref="Receiver{T}.Receive" path="/exception" />
    public bool TryReceive(
        Span<byte> destination, out int length, TimeSpan timeout, CancellationToken cancellationToken = default) =>
        TryCopy(TryReceiveInPlace(out ReceivedBytes message, timeout, cancellationToken), message, destination, out length);

    /// <inheritdoc cref="Receiver{T}.ReceiveInPlace" />
    public ReceivedBytes ReceiveInPlace(CancellationToken cancellationToken = default)
    {
        if ((cancellationToken.IsCancellationRequested || !TryReceiveInPlace(out ReceivedBytes message))
            && !TryReceiveInPlace(out message, WaitLimit.Forever(cancellationToken)))
        {
            PayloadReceiver.ThrowCompleted(_ring);
        }

        return message;
    }

    /// <inheritdoc cref="Receiver{T}.TryReceiveInPlace(out ReceivedMessage{T})" />
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryReceiveInPlace(out ReceivedBytes message)
    {
        _ring.Enter();
        ReceiveOutcome outcome = _ring.TryTake();
        if (outcome == ReceiveOutcome.Message)
        {
            message = new ReceivedBytes(_ring);
            return true;
        }

        PayloadReceiver.EndWithout(_ring, outcome);
        message = default;
        return false;
    }

    /// <inheritdoc cref="Receiver{T}.TryReceiveInPlace(out ReceivedMessage{T}, TimeSpan, CancellationToken)" />
    public bool TryReceiveInPlace(
        out ReceivedBytes message, TimeSpan timeout, CancellationToken cancellationToken = default) =>
        TryReceiveInPlace(out message, WaitLimit.For(timeout, cancellationToken));

    /// <inheritdoc cref="Receiver{T}.ReadAll" />
    public ReceivedByteMessages ReadAll(CancellationToken cancellationToken = default) => new(this, cancellationToken);

    /// <inheritdoc cref="Receiver{T}.Drain" />
    public int Drain(BytesHandler handler, int maxMessages = int.MaxValue)
    {
        ArgumentNullException.ThrowIfNull(handler);
        int handled = 0;
        while (handled < maxMessages && TryReceiveInPlace(out ReceivedBytes message))
        {
            using (message)
            {
                handler(message);
            }

            handled++;
        }

        return handled;
    }

    /// <inheritdoc cref="Receiver{T}.IsCompleted" />
    public bool IsCompleted => PayloadReceiver.IsCompleted(_ring);

    /// <inheritdoc cref="Receiver{T}.SkipCorrupt" />
    public long SkipCorrupt() => PayloadReceiver.SkipCorrupt(_ring);

    /// <inheritdoc cref="Receiver{T}.Dispose" />
    public void Dispose() => _ring.Close();

    /// <summary>Copies the message and releases it, if there is one.</summary>
    private bool TryCopy(bool isThere, ReceivedBytes message, Span<byte> destination, out int length)
    {
        length = 0;
        if (!isThere)
        {
            return false;
        }

        length = message.Payload.Length;
        if (length > destination.Length)
        {
            _ring.PutBack();
            throw new ArgumentException(
                $"The message has {length:N0} bytes, the buffer {destination.Length:N0}. The message is still there: receive it into a larger buffer.",
                nameof(destination));
        }

        message.Payload.CopyTo(destination);
        message.Dispose();
        return true;
    }

    private bool TryReceiveInPlace(out ReceivedBytes message, scoped in WaitLimit limit)
    {
        ReceiveOutcome outcome = PayloadReceiver.Take(_ring, limit);
        message = outcome == ReceiveOutcome.Message ? new ReceivedBytes(_ring) : default;
        return outcome == ReceiveOutcome.Message;
    }
}
