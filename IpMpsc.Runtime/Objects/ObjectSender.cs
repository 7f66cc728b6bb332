using System.Buffers;
using System.Runtime.CompilerServices;

namespace IpMpsc.Objects;

/// <summary>Sends objects of any type to a channel, in the format of a serializer. Any number of threads may share it.</summary>
/// <remarks>
/// <para>
/// All members are safe to be called from several threads at once. Order is as with <see cref="Sender{T}"/>.
/// </para>
/// <para>
/// A message of up to <see cref="BufferedLength"/> bytes is serialized outside the ring and copied into it, so that foreign
/// code does not run inside a claim, for which the messages of other senders wait. A larger one is serialized in the ring,
/// in a claim as long as the last large message and some more; a message that turns out longer moves to a buffer.
/// </para>
/// </remarks>
/// <typeparam name="T">The type of the messages.</typeparam>
public sealed class ObjectSender<T> : IDisposable, IAsyncDisposable
{
    /// <summary>The default of <see cref="BufferedLength"/>, by measurement: see docs/memorypack.md.</summary>
    public const int DefaultBufferedLength = 4096;

    /// <summary>A claim for a message of unknown length is longer than the last message by an eighth and this.</summary>
    private const int ClaimReserve = 512;

    [ThreadStatic]
    private static ObjectWriter? s_writer;

    private readonly ByteSender _bytes;
    private readonly IObjectSerializer<T> _serializer;
    private int _expected; // Bytes of the last message: a guess of the next, so a race about it does no harm.

    private ObjectSender(ByteSender bytes, IObjectSerializer<T> serializer)
    {
        _bytes = bytes;
        _serializer = serializer;
    }

    /// <inheritdoc cref="Sender{T}.Path" />
    public string Path => _bytes.Path;

    /// <inheritdoc cref="Sender{T}.Capacity" />
    public long Capacity => _bytes.Capacity;

    /// <summary>Bytes of the largest serialized message that the channel takes: the capacity minus 16.</summary>
    public int MaxMessageSize => _bytes.MaxMessageSize;

    /// <inheritdoc cref="Sender{T}.IsReceiverAttached" />
    public bool IsReceiverAttached => _bytes.IsReceiverAttached;

    /// <inheritdoc cref="Sender{T}.BytesUsed" />
    public long BytesUsed => _bytes.BytesUsed;

    /// <inheritdoc cref="Sender{T}.DroppedMessages" />
    public long DroppedMessages => _bytes.DroppedMessages;

    /// <summary>
    /// Messages that are expected to have more bytes than this are serialized in the ring. <see cref="int.MaxValue"/> keeps the
    /// serializer out of the ring, at the price of a copy.
    /// </summary>
    public int BufferedLength { get; set; } = DefaultBufferedLength;

    /// <summary>Opens an existing channel.</summary>
    /// <param name="name">A name, looked up in the user's runtime directory, or a path.</param>
    /// <param name="serializer">The format of the messages.</param>
    /// <param name="options">What the channel must be like; an option that is not set is not checked.</param>
    /// <exception cref="ChannelMismatchException">It carries another format or another type, or is not a channel.</exception>
    /// <inheritdoc cref="Sender{T}.Open" path="/exception[not(@cref='T:IpMpsc.ChannelMismatchException')]" />
    public static ObjectSender<T> Open(string name, IObjectSerializer<T> serializer, IpcChannelOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(serializer);
        return new(ByteSender.Open(name, options, serializer.Format), serializer);
    }

    /// <summary>Opens a channel, or creates it if it does not exist, so that it does not matter which side starts first.</summary>
    /// <inheritdoc cref="Open" path="/param|/exception" />
    public static ObjectSender<T> OpenOrCreate(string name, IObjectSerializer<T> serializer, IpcChannelOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(serializer);
        return new(ByteSender.OpenOrCreate(name, options, serializer.Format), serializer);
    }

    /// <summary>Sends a message, as soon as there is room for it.</summary>
    /// <param name="message">The message. It must not change during the call.</param>
    /// <param name="cancellationToken">Ends the wait for room.</param>
    /// <exception cref="Exception">What the serializer throws; nothing was sent.</exception>
    /// <inheritdoc cref="Sender{T}.Send(in T, CancellationToken)" path="/exception[not(@cref='T:System.ArgumentException')]" />
    public void Send(in T message, CancellationToken cancellationToken = default) =>
        TrySend(in message, Timeout.InfiniteTimeSpan, cancellationToken);

    /// <summary>Sends a message if there is room for it now.</summary>
    /// <param name="message">The message. It must not change during the call.</param>
    /// <returns>False if the ring is full.</returns>
    /// <inheritdoc cref="Send(in T, CancellationToken)" path="/exception[not(@cref='T:System.OperationCanceledException')]" />
    public bool TrySend(in T message) => TrySend(in message, TimeSpan.Zero);

    /// <summary>Sends a message if there is room for it within a timeout.</summary>
    /// <param name="message">The message. It must not change during the call.</param>
    /// <param name="timeout">The longest wait, on the monotonic clock; <see cref="Timeout.InfiniteTimeSpan"/> waits
    /// without a limit.</param>
    /// <param name="cancellationToken">Ends the wait for room.</param>
    /// <returns>False if the timeout passed first; nothing was sent then.</returns>
    /// <inheritdoc cref="Send(in T, CancellationToken)" path="/exception" />
    public bool TrySend(in T message, TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        ObjectWriter writer = TakeWriter();
        try
        {
            return (Volatile.Read(ref _expected) > BufferedLength && TrySerializeInClaim(writer, in message, cancellationToken))
                || SendWritten(writer, in message, timeout, cancellationToken);
        }
        finally
        {
            ReturnWriter(writer);
        }
    }

    /// <summary>
    /// Sends a message, as soon as there is room for it. The message is serialized before the call returns, so it may change
    /// afterwards. Sends that wait are sent in the order of their calls, and take one slot together.
    /// </summary>
    /// <param name="message">The message.</param>
    /// <param name="cancellationToken">Ends the wait for room.</param>
    /// <inheritdoc cref="Send(in T, CancellationToken)" path="/exception" />
    public ValueTask SendAsync(T message, CancellationToken cancellationToken = default)
    {
        ObjectWriter writer = TakeWriter();
        try
        {
            Serialize(writer, in message);
            ValueTask sending = _bytes.SendAsync(writer.Written, cancellationToken);
            if (!sending.IsCompleted)
            {
                ObjectWriter waiting = writer;
                writer = new ObjectWriter(); // The one that has the message stays with it.
                return AwaitAsync(sending, waiting);
            }

            return sending;
        }
        catch (Exception failure)
        {
            return ValueTask.FromException(failure);
        }
        finally
        {
            ReturnWriter(writer);
        }
    }

    /// <summary>
    /// Sends messages in their order, as many with one claim as there is contiguous room for. All of them are serialized
    /// first, outside the ring.
    /// </summary>
    /// <param name="messages">The messages. They must not change during the call.</param>
    /// <param name="cancellationToken">Ends the wait for room.</param>
    /// <exception cref="PartialBatchException">The first messages were sent; its inner exception says what kept the next one from being sent.</exception>
    /// <exception cref="PartialBatchCanceledException">The first messages were sent before the cancellation.</exception>
    /// <inheritdoc cref="Send(in T, CancellationToken)" path="/exception" />
    public void SendBatch(ReadOnlySpan<T> messages, CancellationToken cancellationToken = default) =>
        SendBatch(messages, waits: true, cancellationToken);

    /// <summary>Sends as many messages, from the first on, as there is room for now. All of them are serialized first.</summary>
    /// <param name="messages">The messages. They must not change during the call.</param>
    /// <returns>How many were sent; fewer than all if the ring is full.</returns>
    /// <exception cref="PartialBatchException">The first messages were sent; its inner exception says what kept the next one from being sent.</exception>
    /// <inheritdoc cref="TrySend(in T)" path="/exception" />
    public int TrySendBatch(ReadOnlySpan<T> messages) => SendBatch(messages, waits: false, CancellationToken.None);

    /// <inheritdoc cref="Sender{T}.ExplainFull" />
    public string ExplainFull() => _bytes.ExplainFull();

    /// <inheritdoc cref="Sender{T}.Dispose()" />
    public void Dispose() => _bytes.Dispose();

    /// <summary>As <see cref="Dispose"/>, which never waits, for <c>await using</c>.</summary>
    public ValueTask DisposeAsync()
    {
        Dispose();
        return default;
    }

    /// <summary>The thread's writer. While it is taken the serializer may send other messages of this type, with a writer of their own.</summary>
    private static ObjectWriter TakeWriter()
    {
        ObjectWriter writer = s_writer ?? new ObjectWriter();
        s_writer = null;
        return writer;
    }

    private static void ReturnWriter(ObjectWriter writer)
    {
        writer.End();
        s_writer = writer;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private static async ValueTask AwaitAsync(ValueTask sending, ObjectWriter writer)
    {
        await sending.ConfigureAwait(false);
        ReturnWriter(writer);
    }

    /// <summary>
    /// Serializes a message in the ring and sends it, if a claim of the expected length can be had now. If not, or if the message
    /// does not fit the claim, it is left to <see cref="SendWritten"/>.
    /// </summary>
    private bool TrySerializeInClaim(ObjectWriter writer, in T message, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        writer.Begin(Path, MaxMessageSize);
        int length = (int)Math.Min(MaxMessageSize, _expected + (_expected / 8L) + ClaimReserve);
        if (!_bytes.TryClaim(length, out ByteClaim claim))
        {
            return false;
        }

        using (claim)
        {
            writer.Begin(claim, Path, MaxMessageSize);
            _serializer.Serialize(in message, writer);
            Volatile.Write(ref _expected, writer.WrittenCount);
            if (!writer.IsInClaim)
            {
                return false; // It outgrew the claim, which is aborted; the message is in the buffer.
            }

            claim.Commit(writer.WrittenCount);
            return true;
        }
    }

    /// <summary>Sends a message from the buffer, where it may be already.</summary>
    private bool SendWritten(ObjectWriter writer, in T message, TimeSpan timeout, CancellationToken cancellationToken)
    {
        if (writer.WrittenCount == 0)
        {
            Serialize(writer, in message);
        }

        // Without a limit and with a limit of zero, the paths that look at no clock.
        ReadOnlySpan<byte> written = writer.Written.Span;
        if (timeout == TimeSpan.Zero && !cancellationToken.CanBeCanceled)
        {
            return _bytes.TrySend(written);
        }

        if (timeout == Timeout.InfiniteTimeSpan)
        {
            _bytes.Send(written, cancellationToken);
            return true;
        }

        return _bytes.TrySend(written, timeout, cancellationToken);
    }

    private void Serialize(ObjectWriter writer, in T message)
    {
        writer.Begin(Path, MaxMessageSize);
        _serializer.Serialize(in message, writer);
        Volatile.Write(ref _expected, writer.WrittenCount);
    }

    private int SendBatch(ReadOnlySpan<T> messages, bool waits, CancellationToken cancellationToken)
    {
        ObjectWriter writer = TakeWriter();
        ReadOnlyMemory<byte>[] payloads = ArrayPool<ReadOnlyMemory<byte>>.Shared.Rent(messages.Length);
        int[] ends = ArrayPool<int>.Shared.Rent(messages.Length);
        try
        {
            writer.Begin(Path, int.MaxValue);
            for (int index = 0; index < messages.Length; index++)
            {
                _serializer.Serialize(in messages[index], writer);
                ends[index] = writer.WrittenCount;
            }

            // Only now: the writer's array may have been replaced by a larger one on the way.
            for (int index = 0, start = 0; index < messages.Length; start = ends[index++])
            {
                payloads[index] = writer.Written[start..ends[index]];
            }

            ReadOnlySpan<ReadOnlyMemory<byte>> batch = payloads.AsSpan(0, messages.Length);
            if (!waits)
            {
                return _bytes.TrySendBatch(batch);
            }

            _bytes.SendBatch(batch, cancellationToken);
            return messages.Length;
        }
        finally
        {
            ArrayPool<ReadOnlyMemory<byte>>.Shared.Return(payloads, clearArray: true);
            ArrayPool<int>.Shared.Return(ends);
            ReturnWriter(writer);
        }
    }
}
