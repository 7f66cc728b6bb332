using System.Runtime.CompilerServices;
using IpMpsc.Layout;
using IpMpsc.Opening;
using IpMpsc.Receiving;
using IpMpsc.Ring;
using IpMpsc.Segments;
using IpMpsc.Waiting;

namespace IpMpsc;

/// <summary>Receives the messages of a channel, in the order in which they were claimed; a channel has one receiver.</summary>
/// <remarks>
/// For one thread at a time; a second thread is noticed where possible and gets an
/// <see cref="InvalidOperationException"/>. Only <see cref="Dispose"/> may be called from any thread.
/// </remarks>
/// <typeparam name="T">The message type, a struct marked with <see cref="ChannelMessageAttribute"/>.</typeparam>
public sealed partial class Receiver<T> : IReceiver where T : struct, IChannelMessage<T>
{
    private readonly RingConsumer _ring;

    private Receiver(RingConsumer ring) => _ring = ring;

    RingConsumer IReceiver.Ring => _ring;

    /// <summary>Full path of the channel's file; senders can open it by this.</summary>
    public string Path => _ring.Attachment.Path;

    /// <summary>Size of the ring in bytes.</summary>
    public long Capacity => _ring.Attachment.Layout.Capacity;

    /// <summary>Payload bytes of the largest message that the channel takes: the capacity minus 16.</summary>
    public int MaxMessageSize => _ring.Attachment.MaxPayload;

    /// <summary>Makes a channel and becomes its receiver. The name must be free.</summary>
    /// <param name="name">A name, for a file in the user's runtime directory, or a path.</param>
    /// <param name="options">How the channel is made.</param>
    /// <exception cref="ArgumentException">The name cannot be that of a channel.</exception>
    /// <exception cref="ChannelInUseException">The channel exists; the message says who uses it.</exception>
    /// <exception cref="ChannelFileException">The file system does not allow it, or has no room for it.</exception>
    public static Receiver<T> Create(string name, IpcChannelOptions? options = null) =>
        new(ChannelAccess.OpenReceiver(name, options, OpenMode.CreateNew, ExpectedSchema.Of<T>()));

    /// <summary>
    /// Becomes the receiver of a channel that exists, and continues at the first message that its last
    /// receiver did not release: at most the one it had in hand is received twice.
    /// </summary>
    /// <param name="name">A name, looked up in the user's runtime directory, or a path.</param>
    /// <param name="options">What is expected of the channel; what is not set is not checked.</param>
    /// <exception cref="ArgumentException">The name cannot be that of a channel.</exception>
    /// <exception cref="ChannelNotFoundException">There is no such channel.</exception>
    /// <exception cref="ChannelInUseException">It has a receiver; the message says which process.</exception>
    /// <exception cref="ChannelMismatchException">It has another schema, capacity or layout version, or is no channel.</exception>
    /// <exception cref="ChannelFileException">The file system does not allow it.</exception>
    /// <exception cref="ChannelCorruptException">The file is damaged.</exception>
    public static Receiver<T> Open(string name, IpcChannelOptions? options = null) =>
        new(ChannelAccess.OpenReceiver(name, options, OpenMode.OpenExisting, ExpectedSchema.Of<T>()));

    /// <summary>
    /// Becomes the receiver of a channel, which is made if there is none. What a receiver usually wants:
    /// after a crash it goes on where it was.
    /// </summary>
    /// <inheritdoc cref="Open" path="/param|/exception" />
    public static Receiver<T> OpenOrCreate(string name, IpcChannelOptions? options = null) =>
        new(ChannelAccess.OpenReceiver(name, options, OpenMode.OpenOrCreate, ExpectedSchema.Of<T>()));

    /// <summary>
    /// Makes a channel in place of one that nobody has open, whose messages are lost; or just makes it
    /// if there is none. A file that is no channel is never replaced.
    /// </summary>
    /// <inheritdoc cref="Create" path="/param" />
    /// <exception cref="ArgumentException">The name cannot be that of a channel.</exception>
    /// <exception cref="ChannelInUseException">Somebody has the channel open.</exception>
    /// <exception cref="ChannelMismatchException">The file is no channel.</exception>
    /// <exception cref="ChannelFileException">The file system does not allow it.</exception>
    public static Receiver<T> Replace(string name, IpcChannelOptions? options = null) =>
        new(ChannelAccess.OpenReceiver(name, options, OpenMode.Replace, ExpectedSchema.Of<T>()));

    /// <summary>
    /// Makes a channel with a name of its own, see <see cref="Path"/>, that vanishes when the receiver
    /// is disposed. If its process is killed, the next temporary channel's receiver removes it.
    /// </summary>
    /// <param name="options">How the channel is made.</param>
    /// <exception cref="ChannelFileException">The file system does not allow it, or has no room for it.</exception>
    public static Receiver<T> CreateTemporary(IpcChannelOptions? options = null) =>
        Create(ChannelAccess.NewTemporaryName(), ChannelAccess.Temporary(options));

    /// <summary>Receives the next message, as soon as there is one.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled; no message was taken.</exception>
    /// <exception cref="ChannelCompletedException">All is received and all senders have left: <see cref="IpcChannelOptions.EndWithSenders"/>.</exception>
    /// <exception cref="ChannelRetiredException">The channel was deleted, and all that was sent to it is received. Open it anew.</exception>
    /// <exception cref="MessageFormatException">The message cannot be decoded; it was stepped over.</exception>
    /// <exception cref="ChannelCorruptException">The record is none that a sender made; see <see cref="SkipCorrupt"/>.</exception>
    /// <exception cref="InvalidOperationException">A message is in hand, or another thread receives.</exception>
    /// <exception cref="ObjectDisposedException">The receiver was disposed, possibly while this call waited.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    [SkipLocalsInit]
    public T Receive(CancellationToken cancellationToken = default)
    {
        // Not a conditional expression, for which the compiler copies the message twice more. A copy right after
        // a copy costs ten nanoseconds where the stack slot in between lies in two cache lines.
        if (cancellationToken.IsCancellationRequested || !TryReceiveExactly(out T message))
        {
            message = AwaitMessage(cancellationToken);
        }

        return message;
    }

    /// <summary>Receives the next message, if there is one now.</summary>
    /// <remarks>
    /// Looks for a message only: on a channel that is completed, or was deleted, this returns false. Calls that wait,
    /// or take a time, were it zero, find out that nothing more will come.
    /// </remarks>
    /// <param name="message">The message; a copy.</param>
    /// <returns>False if there is none.</returns>
    /// <inheritdoc cref="Receive" path="/exception[not(contains(@cref, 'Canceled') or contains(@cref, 'Completed') or contains(@cref, 'Retired'))]" />
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryReceive(out T message) => TryReceiveExactly(out message) || TryReceiveSlow(out message);

    /// <summary>Receives the next message, if one comes within a time.</summary>
    /// <param name="message">The message; a copy.</param>
    /// <param name="timeout">On the monotonic clock; <see cref="Timeout.InfiniteTimeSpan"/> waits as long as it takes.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>False if the time passed first.</returns>
    /// <inheritdoc cref="Receive" path="/exception" />
    public bool TryReceive(out T message, TimeSpan timeout, CancellationToken cancellationToken = default) =>
        TryReceive(out message, WaitLimit.For(timeout, cancellationToken));

    /// <summary>Receives the next message in place, as soon as there is one.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The message; dispose it to receive the next one.</returns>
    /// <inheritdoc cref="Receive" path="/exception" />
    public ReceivedMessage<T> ReceiveInPlace(CancellationToken cancellationToken = default)
    {
        if ((cancellationToken.IsCancellationRequested || !TryReceiveInPlace(out ReceivedMessage<T> message))
            && !TryReceiveInPlace(out message, WaitLimit.Forever(cancellationToken)))
        {
            PayloadReceiver.ThrowCompleted(_ring);
        }

        return message;
    }

    /// <summary>Receives the next message in place, if there is one now.</summary>
    /// <param name="message">The message; dispose it to receive the next one.</param>
    /// <returns>False if there is none.</returns>
    /// <inheritdoc cref="Receive" path="/exception[not(contains(@cref, 'Canceled') or contains(@cref, 'Completed') or contains(@cref, 'Retired'))]" />
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryReceiveInPlace(out ReceivedMessage<T> message)
    {
        _ring.Enter();
        ReceiveOutcome outcome = _ring.TryTake();
        if (outcome == ReceiveOutcome.Message)
        {
            message = HandOut();
            return true;
        }

        PayloadReceiver.EndWithout(_ring, outcome);
        message = default;
        return false;
    }

    /// <summary>Receives the next message in place, if one comes within a time.</summary>
    /// <param name="message">The message; dispose it to receive the next one.</param>
    /// <param name="timeout">On the monotonic clock; <see cref="Timeout.InfiniteTimeSpan"/> waits as long as it takes.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>False if the time passed first.</returns>
    /// <inheritdoc cref="Receive" path="/exception" />
    public bool TryReceiveInPlace(
        out ReceivedMessage<T> message, TimeSpan timeout, CancellationToken cancellationToken = default) =>
        TryReceiveInPlace(out message, WaitLimit.For(timeout, cancellationToken));

    /// <summary>
    /// All messages as they come, in place, for <c>foreach</c>: each is released by the next step. The
    /// loop ends by <c>break</c>, by the token, or with <see cref="IpcChannelOptions.EndWithSenders"/>.
    /// </summary>
    /// <param name="cancellationToken">Ends the loop with an <see cref="OperationCanceledException"/>.</param>
    public ReceivedMessages<T> ReadAll(CancellationToken cancellationToken = default) => new(this, cancellationToken);

    /// <summary>Handles the messages that are there now, in place, without waiting for more.</summary>
    /// <param name="handler">Called for each message. If it throws, that message is released and the others stay.</param>
    /// <param name="maxMessages">The most messages to handle.</param>
    /// <returns>How many were handled.</returns>
    /// <inheritdoc cref="Receive" path="/exception[not(contains(@cref, 'Canceled') or contains(@cref, 'Completed') or contains(@cref, 'Retired'))]" />
    public int Drain(MessageHandler<T> handler, int maxMessages = int.MaxValue)
    {
        ArgumentNullException.ThrowIfNull(handler);
        int handled = 0;
        while (handled < maxMessages && TryReceiveInPlace(out ReceivedMessage<T> message))
        {
            using (message)
            {
                handler(message);
            }

            handled++;
        }

        return handled;
    }

    /// <summary>Whether every sender has left and every message was received; asks the kernel.</summary>
    public bool IsCompleted => PayloadReceiver.IsCompleted(_ring);

    /// <summary>
    /// Goes on behind a record that raised <see cref="ChannelCorruptException"/>: at the next record or
    /// claim that can still be recognised, else behind everything that was claimed.
    /// </summary>
    /// <returns>The bytes stepped over; 0 if the next record is sound.</returns>
    /// <exception cref="InvalidOperationException">A message is in hand, or another thread receives.</exception>
    /// <exception cref="ObjectDisposedException">The receiver was disposed.</exception>
    public long SkipCorrupt() => PayloadReceiver.SkipCorrupt(_ring);

    /// <summary>
    /// Leaves the channel, and deletes it if it is a temporary one. A call that waits throws
    /// <see cref="ObjectDisposedException"/>; a message in hand stays readable until it is released.
    /// Safe to call from any thread.
    /// </summary>
    public void Dispose() => _ring.Close();

    private bool TryReceive(out T message, in WaitLimit limit)
    {
        ReceiveOutcome outcome = PayloadReceiver.Take(_ring, limit);
        message = outcome == ReceiveOutcome.Message ? ReadAndRelease() : default;
        return outcome == ReceiveOutcome.Message;
    }

    private bool TryReceiveInPlace(out ReceivedMessage<T> message, scoped in WaitLimit limit)
    {
        ReceiveOutcome outcome = PayloadReceiver.Take(_ring, limit);
        message = outcome == ReceiveOutcome.Message ? HandOut() : default;
        return outcome == ReceiveOutcome.Message;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ReceivedMessage<T> HandOut()
    {
        RequireMessageId();
        return new ReceivedMessage<T>(_ring);
    }

    /// <summary>
    /// The usual case, which is why it is inlined into loops: a message of fixed size and this version is
    /// there. One comparison with a constant finds out, after which nothing can fail. The message is not even
    /// cleared if there is none.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TryReceiveExactly(out T message)
    {
        Unsafe.SkipInit(out message);
        if (!T.IsFixedSize)
        {
            return false;
        }

        RingConsumer ring = _ring;
        ulong description = RecordDescriptor.Describe(T.FixedSize, T.MessageId, T.SchemaVersion);
        ring.Enter();
        if (!ring.TryTakeExactly(description, out ReadOnlySpan<byte> payload))
        {
            ring.PutBack();
            return false;
        }

        MessageImage.Read(payload, out message);
        ring.ReleaseExactly(description);
        ring.Exit();
        return true;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TryReceiveSlow(out T message)
    {
        _ring.Enter();
        ReceiveOutcome outcome = _ring.TryTake();
        if (outcome == ReceiveOutcome.Message)
        {
            message = ReadAndRelease();
            return true;
        }

        PayloadReceiver.EndWithout(_ring, outcome);
        message = default;
        return false;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private T AwaitMessage(CancellationToken cancellationToken)
    {
        if (!TryReceive(out T message, WaitLimit.Forever(cancellationToken)))
        {
            PayloadReceiver.ThrowCompleted(_ring);
        }

        return message;
    }

    private T ReadAndRelease()
    {
        if (!T.IsFixedSize || _ring.Description != RecordDescriptor.Describe(T.FixedSize, T.MessageId, T.SchemaVersion))
        {
            return DecodeAndRelease();
        }

        MessageImage.Read(_ring.Payload, out T message);
        _ring.Release();
        _ring.Exit();
        return message;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private T DecodeAndRelease()
    {
        using ReceivedMessage<T> message = HandOut();
        try
        {
            return message.Read();
        }
        catch (MessageFormatException found)
        {
            _ring.CountSkipped();
            throw new MessageFormatException(found, message.Position, message.Payload.ToArray());
        }
    }

    private void RequireMessageId()
    {
        if (RecordDescriptor.MessageIdOf(_ring.Description) != T.MessageId)
        {
            PayloadReceiver.RejectMessage(_ring, T.Schema.Name);
        }
    }
}
