using System.Runtime.CompilerServices;
using IpMpsc.Layout;
using IpMpsc.Opening;
using IpMpsc.Receiving;
using IpMpsc.Ring;
using IpMpsc.Segments;
using IpMpsc.Waiting;

namespace IpMpsc;

/// <summary>Receives the messages of a channel in the order in which senders claimed them. A channel has one receiver.</summary>
/// <remarks>
/// Not thread-safe: one thread at a time may use a receiver. If a second thread is noticed, its call throws
/// <see cref="InvalidOperationException"/>. Only <see cref="Dispose"/> is safe to call from any thread.
/// </remarks>
/// <typeparam name="T">The message type, a struct marked with <see cref="ChannelMessageAttribute"/>.</typeparam>
public sealed partial class Receiver<T> : IReceiver, IConsumerOwner where T : struct, IChannelMessage<T>
{
    private readonly RingConsumer _consumer;
    private readonly PayloadReceiver<MessageOfType<T>> _payloads;

    private Receiver(RingConsumer consumer)
    {
        _consumer = consumer;
        _payloads = new PayloadReceiver<MessageOfType<T>>(consumer, default);
    }

    RingConsumer IConsumerOwner.Consumer => _consumer;

    /// <summary>Full path of the channel's file. Senders can open the channel by this path.</summary>
    public string Path => _consumer.Attachment.Path;

    /// <summary>Size of the ring in bytes.</summary>
    public long Capacity => _consumer.Attachment.Layout.Capacity;

    /// <summary>Payload bytes of the largest message that fits the channel: the capacity minus 16.</summary>
    public int MaxMessageSize => _consumer.Attachment.MaxPayload;

    /// <summary>Creates a channel and becomes its receiver. The name must be free.</summary>
    /// <param name="name">A name, for a file in the user's runtime directory, or a path.</param>
    /// <param name="options">How to create the channel.</param>
    /// <exception cref="ArgumentException">The name is not a valid channel name.</exception>
    /// <exception cref="ChannelInUseException">The channel exists; the message names its participants.</exception>
    /// <exception cref="ChannelFileException">The file system refuses the file, or has not enough room for it.</exception>
    public static Receiver<T> Create(string name, IpcChannelOptions? options = null) =>
        new(ChannelAccess.OpenReceiver(name, options, OpenMode.CreateNew, ExpectedSchema.Of<T>()));

    /// <summary>
    /// Becomes the receiver of an existing channel and continues at the first message that the previous
    /// receiver did not release. Only the messages that it had in hand or held are received twice.
    /// </summary>
    /// <param name="name">A name, looked up in the user's runtime directory, or a path.</param>
    /// <param name="options">What the channel must be like; an option that is not set is not checked.</param>
    /// <exception cref="ArgumentException">The name is not a valid channel name.</exception>
    /// <exception cref="ChannelNotFoundException">The channel does not exist.</exception>
    /// <exception cref="ChannelInUseException">The channel has a receiver; the message names its process.</exception>
    /// <exception cref="ChannelMismatchException">The channel has another schema, capacity or layout version, or the file is not a channel.</exception>
    /// <exception cref="ChannelFileException">The file system refuses access to the file.</exception>
    /// <exception cref="ChannelCorruptException">The file is damaged.</exception>
    public static Receiver<T> Open(string name, IpcChannelOptions? options = null) =>
        new(ChannelAccess.OpenReceiver(name, options, OpenMode.OpenExisting, ExpectedSchema.Of<T>()));

    /// <summary>
    /// Becomes the receiver of a channel, and creates the channel if it does not exist. This is what a receiver
    /// usually needs: after a crash it resumes where it was.
    /// </summary>
    /// <inheritdoc cref="Open" path="/param|/exception" />
    public static Receiver<T> OpenOrCreate(string name, IpcChannelOptions? options = null) =>
        new(ChannelAccess.OpenReceiver(name, options, OpenMode.OpenOrCreate, ExpectedSchema.Of<T>()));

    /// <summary>
    /// Creates a channel in place of one that no process has open; the messages of the old channel are lost. If there
    /// is no channel of that name, this only creates one. A file that is not a channel is never replaced.
    /// </summary>
    /// <inheritdoc cref="Create" path="/param" />
    /// <exception cref="ArgumentException">The name is not a valid channel name.</exception>
    /// <exception cref="ChannelInUseException">A process has the channel open.</exception>
    /// <exception cref="ChannelMismatchException">The file is not a channel.</exception>
    /// <exception cref="ChannelFileException">The file system refuses access to the file.</exception>
    public static Receiver<T> Replace(string name, IpcChannelOptions? options = null) =>
        new(ChannelAccess.OpenReceiver(name, options, OpenMode.Replace, ExpectedSchema.Of<T>()));

    /// <summary>
    /// Creates a channel with a unique name, see <see cref="Path"/>, which is deleted when the receiver
    /// is disposed. If the process is killed, the receiver of the next temporary channel deletes it.
    /// </summary>
    /// <param name="options">How to create the channel.</param>
    /// <exception cref="ChannelFileException">The file system refuses the file, or has not enough room for it.</exception>
    public static Receiver<T> CreateTemporary(IpcChannelOptions? options = null) =>
        Create(ChannelAccess.NewTemporaryName(), ChannelAccess.Temporary(options));

    /// <summary>Receives the next message; waits until there is one.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled; no message was taken.</exception>
    /// <exception cref="ChannelCompletedException">Every message was received and every sender has left: <see cref="IpcChannelOptions.EndWithSenders"/>.</exception>
    /// <exception cref="ChannelRetiredException">The channel was deleted, and everything that was sent to it was received. Open a new channel.</exception>
    /// <exception cref="MessageFormatException">The message cannot be decoded. The receiver stepped over it; the exception holds its bytes.</exception>
    /// <exception cref="ChannelCorruptException">The next record is corrupt; see <see cref="SkipCorrupt"/>.</exception>
    /// <exception cref="OutOfMemoryException">There is not enough memory for the copy. The message stays in the channel.</exception>
    /// <exception cref="InvalidOperationException">A message is in hand, or another thread uses the receiver.</exception>
    /// <exception cref="ObjectDisposedException">The receiver was disposed, possibly while this call waited.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    [SkipLocalsInit]
    public T Receive(CancellationToken cancellationToken = default)
    {
        // Not a conditional expression: for one, the compiler copies the message twice more. A copy right after
        // a copy costs ten nanoseconds if the stack slot in between lies in two cache lines.
        if (cancellationToken.IsCancellationRequested || !TryReceiveExactly(out T message))
        {
            message = AwaitMessage(cancellationToken);
        }

        return message;
    }

    /// <summary>Receives the next message, if there is one now.</summary>
    /// <remarks>
    /// This only looks for a message: it returns false even if the channel is completed or was deleted. Calls that wait,
    /// or take a timeout (also one of zero), report that nothing more will come.
    /// </remarks>
    /// <param name="message">The message; a copy.</param>
    /// <returns>False if there is no message.</returns>
    /// <inheritdoc cref="Receive" path="/exception[not(contains(@cref, 'Canceled') or contains(@cref, 'Completed') or contains(@cref, 'Retired'))]" />
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryReceive(out T message) => TryReceiveExactly(out message) || TryReceiveSlow(out message);

    /// <summary>Receives the next message, if one comes within a timeout.</summary>
    /// <param name="message">The message; a copy.</param>
    /// <param name="timeout">The longest wait, on the monotonic clock; <see cref="Timeout.InfiniteTimeSpan"/> waits without a limit.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>False if the timeout passed first.</returns>
    /// <inheritdoc cref="Receive" path="/exception" />
    public bool TryReceive(out T message, TimeSpan timeout, CancellationToken cancellationToken = default) =>
        TryReceive(out message, WaitLimit.For(timeout, cancellationToken));

    /// <summary>
    /// Bytes of the ring that are claimed and not released: messages with their headers, and claims under way. Senders and the receiver
    /// change it at any time.
    /// </summary>
    /// <exception cref="ObjectDisposedException">The receiver was disposed.</exception>
    public long BytesUsed => _consumer.Attachment.MeasureUse("Receiver");

    /// <summary>
    /// Whether every sender has left and every message was received; false if no sender has joined since a receiver that saw this was disposed. Asks
    /// the kernel.
    /// </summary>
    public bool IsCompleted => _payloads.IsCompleted;

    /// <summary>
    /// Steps over a record that caused <see cref="ChannelCorruptException"/>, up to the next record or
    /// claim that can still be recognised; if there is none, over everything that was claimed.
    /// </summary>
    /// <returns>The number of bytes stepped over; 0 if the next record is sound.</returns>
    /// <exception cref="InvalidOperationException">A message is in hand, or another thread uses the receiver.</exception>
    /// <exception cref="ObjectDisposedException">The receiver was disposed.</exception>
    public long SkipCorrupt() => _payloads.SkipCorrupt();

    /// <summary>
    /// Leaves the channel, and deletes it if it is temporary. A call that waits throws
    /// <see cref="ObjectDisposedException"/>. A message in hand stays readable until it is released, and the receiver
    /// leaves only then. Safe to call from any thread.
    /// </summary>
    public void Dispose() => _consumer.Close();

    /// <summary>As <see cref="Dispose"/>, which never waits, for <c>await using</c>.</summary>
    public ValueTask DisposeAsync()
    {
        Dispose();
        return default;
    }

    private bool TryReceive(out T message, in WaitLimit limit)
    {
        bool received = _payloads.TryTake(limit);
        message = received ? ReadAndRelease() : default;
        return received;
    }

    /// <summary>
    /// The usual case, and therefore inlined into loops: a message of fixed size and of this version is
    /// there. One comparison with a constant finds out, after which nothing can fail. If there is no message, the
    /// result is not even cleared.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TryReceiveExactly(out T message)
    {
        Unsafe.SkipInit(out message);
        if (!T.IsImage)
        {
            return false;
        }

        RingConsumer consumer = _consumer;
        ulong description = RecordDescriptor.Describe(T.FixedSize, T.MessageId, T.SchemaVersion);
        if (!consumer.TryEnterReserved())
        {
            return false;
        }

        if (!consumer.TryTakeExactly(description, out ReadOnlySpan<byte> payload))
        {
            consumer.PutBack();
            return false;
        }

        MessageImage.Read(payload, out message);
        consumer.ReleaseExactly(description);
        consumer.ExitReserved();
        return true;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TryReceiveSlow(out T message)
    {
        bool received = _payloads.TryTake();
        message = received ? ReadAndRelease() : default;
        return received;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private T AwaitMessage(CancellationToken cancellationToken)
    {
        // A short wait has a way of its own, without the copies of the message that the general one makes.
        if (T.IsImage && !cancellationToken.IsCancellationRequested && PollForMessage() && TryReceiveExactly(out T message))
        {
            return message;
        }

        if (!TryReceive(out message, WaitLimit.Forever(cancellationToken)))
        {
            ThrowHelper.ThrowCompleted(_consumer);
        }

        return message;
    }

    private bool PollForMessage()
    {
        if (!_consumer.TryEnterReserved())
        {
            return false;
        }

        bool found = _consumer.PollForRecord();
        _consumer.ExitReserved();
        return found;
    }

    private T ReadAndRelease()
    {
        if (!T.IsImage || _consumer.Description != RecordDescriptor.Describe(T.FixedSize, T.MessageId, T.SchemaVersion))
        {
            return DecodeAndRelease();
        }

        MessageImage.Read(_consumer.Payload, out T message);
        _consumer.Release();
        _consumer.Exit();
        return message;
    }

    /// <summary>A message that cannot be given to the caller stays in the ring, unless no attempt could ever succeed.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private T DecodeAndRelease()
    {
        bool isDone = false;
        try
        {
            ReceivedMessage<T> message = new(_consumer);
            T copy;
            try
            {
                copy = message.Read();
            }
            catch (MessageFormatException found)
            {
                MessageFormatException failure = new(found, message.Position, message.Payload.ToArray());
                _consumer.CountSkipped();
                isDone = true;
                throw failure;
            }

            isDone = true;
            return copy;
        }
        finally
        {
            if (isDone)
            {
                _consumer.Release();
                _consumer.Exit();
            }
            else
            {
                _consumer.PutBack();
            }
        }
    }
}
