using System.Runtime.CompilerServices;
using IpMpsc.Opening;
using IpMpsc.Segments;
using IpMpsc.Sending;
using IpMpsc.Waiting;

namespace IpMpsc;

/// <summary>Sends messages of one type to a channel; any number of senders in any number of processes, shared between any number of threads.</summary>
/// <remarks>
/// All members are safe to be called from several threads at once. Each thread that sends at the same
/// moment takes a slot of the channel of its own; a sender that only one thread ever uses can be an
/// <see cref="ExclusiveSender{T}"/>, which is a little faster.
/// Once a call has claimed its place in the ring, order is settled: messages are received in the
/// order of their claims, those of one sender in the order in which it sent them.
/// </remarks>
/// <typeparam name="T">The message type, a struct marked with <see cref="ChannelMessageAttribute"/>.</typeparam>
public sealed partial class Sender<T> : IDisposable, IAsyncDisposable where T : struct, IChannelMessage<T>
{
    private readonly ProducerPool _pool;
    private readonly Attachment _attachment;
    private readonly MessageSender<ProducerPool> _messages;

    private Sender(ProducerPool pool)
    {
        _pool = pool;
        _attachment = pool.Attachment;
        _messages = new MessageSender<ProducerPool>(pool, _attachment, pool);
        _queue = new SendQueue<StoredMessage<T>>(pool, _attachment);
    }

    /// <summary>Full path of the channel's file.</summary>
    public string Path => _attachment.Path;

    /// <summary>Size of the ring in bytes.</summary>
    public long Capacity => _attachment.Layout.Capacity;

    /// <summary>Payload bytes of the largest message that the channel takes: the capacity minus 16.</summary>
    public int MaxMessageSize => _attachment.MaxPayload;

    /// <summary>
    /// Whether a receiver is attached at this moment; asks the kernel. Messages that are sent without
    /// one wait in the ring for the next.
    /// </summary>
    public bool IsReceiverAttached => _attachment.IsReceiverAttached;

    /// <summary>
    /// Bytes of the ring that are claimed and not released: messages with their headers, and claims under way. Senders and the receiver
    /// change it at any time.
    /// </summary>
    /// <exception cref="ObjectDisposedException">The sender was disposed.</exception>
    public long BytesUsed => _attachment.MeasureUse("Sender");

    /// <summary>How many messages this sender has dropped because there was no room, see <see cref="FullMode.DropNewest"/>. Safe to call from any thread.</summary>
    public long DroppedMessages => _attachment.DroppedMessages;

    /// <summary>Opens an existing channel.</summary>
    /// <param name="name">A name, looked up in the user's runtime directory, or a path.</param>
    /// <param name="options">What the channel must be like; an option that is not set is not checked.</param>
    /// <exception cref="ArgumentException">The name is not a valid channel name.</exception>
    /// <exception cref="ChannelNotFoundException">The channel does not exist.</exception>
    /// <exception cref="ChannelMismatchException">The channel has another schema, capacity or layout version, or the
    /// file is not a channel.</exception>
    /// <exception cref="ChannelInUseException">Every sender slot of the channel is taken.</exception>
    /// <exception cref="ChannelFileException">The file system refuses access to the file.</exception>
    /// <exception cref="ChannelCorruptException">The file is damaged.</exception>
    public static Sender<T> Open(string name, IpcChannelOptions? options = null) =>
        new(ChannelAccess.OpenSender(name, options, OpenMode.OpenExisting, ExpectedSchema.Of<T>()));

    /// <summary>
    /// Opens a channel, and creates it if it does not exist. The order of starting does not matter: messages wait in
    /// the ring for the receiver.
    /// </summary>
    /// <inheritdoc cref="Open" path="/param|/exception" />
    public static Sender<T> OpenOrCreate(string name, IpcChannelOptions? options = null) =>
        new(ChannelAccess.OpenSender(name, options, OpenMode.OpenOrCreate, ExpectedSchema.Of<T>()));

    /// <summary>Sends a message, as soon as there is room for it.</summary>
    /// <param name="message">The message; it is copied into the ring.</param>
    /// <param name="cancellationToken">Ends the wait for room.</param>
    /// <exception cref="MessageTooLargeException">It can never fit; nothing was sent.</exception>
    /// <exception cref="ArgumentException">A field cannot be encoded; nothing was sent.</exception>
    /// <exception cref="ChannelRetiredException">The channel was deleted or replaced.</exception>
    /// <exception cref="ReceiverGoneException">There is no room and no receiver: <see cref="IpcChannelOptions.FailWhenFullWithoutReceiver"/>.</exception>
    /// <exception cref="OperationCanceledException">Nothing was sent.</exception>
    /// <exception cref="ObjectDisposedException">The sender was disposed, possibly while this call waited.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Send(in T message, CancellationToken cancellationToken = default) =>
        _messages.Send(in message, cancellationToken);

    /// <summary>Sends a message if there is room for it now.</summary>
    /// <returns>False if the ring is full.</returns>
    /// <inheritdoc cref="Send(in T, CancellationToken)" path="/param[@name='message']|/exception[not(@cref='T:System.OperationCanceledException')]" />
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TrySend(in T message) => _messages.TrySend(in message);

    /// <summary>Sends a message if there is room for it within a timeout.</summary>
    /// <param name="message">The message; it is copied into the ring.</param>
    /// <param name="timeout">The longest wait, on the monotonic clock; <see cref="Timeout.InfiniteTimeSpan"/> waits
    /// without a limit.</param>
    /// <param name="cancellationToken">Ends the wait for room.</param>
    /// <returns>False if the timeout passed first; nothing was sent then.</returns>
    /// <inheritdoc cref="Send(in T, CancellationToken)" path="/exception" />
    public bool TrySend(in T message, TimeSpan timeout, CancellationToken cancellationToken = default) =>
        _messages.Send(in message, whenEmpty: false, WaitLimit.For(timeout, cancellationToken));

    /// <summary>
    /// Sends a message as soon as the ring is empty: everything sent before, by anybody, has been
    /// received. It keeps a fast sender from running ahead of the receiver.
    /// </summary>
    /// <inheritdoc cref="Send(in T, CancellationToken)" path="/param|/exception" />
    public void SendWhenEmpty(in T message, CancellationToken cancellationToken = default) =>
        _messages.Send(in message, whenEmpty: true, WaitLimit.Forever(cancellationToken));

    /// <summary>Sends a message if the ring becomes empty within a timeout.</summary>
    /// <inheritdoc cref="TrySend(in T, TimeSpan, CancellationToken)" path="/param|/returns|/exception" />
    public bool TrySendWhenEmpty(in T message, TimeSpan timeout, CancellationToken cancellationToken = default) =>
        _messages.Send(in message, whenEmpty: true, WaitLimit.For(timeout, cancellationToken));

    /// <summary>
    /// Sends messages in their order, as many with one claim as there is contiguous room for: several
    /// times as fast as sending them one by one. Messages of other senders come between only where it
    /// takes more than one claim.
    /// </summary>
    /// <param name="messages">The messages; they are copied into the ring.</param>
    /// <param name="cancellationToken">Ends the wait for room.</param>
    /// <exception cref="OperationCanceledException">Nothing was sent.</exception>
    /// <exception cref="PartialBatchException">The first messages were sent; its inner exception says what kept the next one from being sent.</exception>
    /// <exception cref="PartialBatchCanceledException">The first messages were sent before the cancellation.</exception>
    /// <inheritdoc cref="Send(in T, CancellationToken)" path="/exception[not(@cref='T:System.OperationCanceledException')]" />
    public void SendBatch(ReadOnlySpan<T> messages, CancellationToken cancellationToken = default) =>
        _messages.SendBatch(messages, WaitLimit.Forever(cancellationToken));

    /// <summary>Sends as many messages, from the first on, as there is room for now.</summary>
    /// <returns>How many were sent; fewer than all if the ring is full.</returns>
    /// <inheritdoc cref="SendBatch(ReadOnlySpan{T}, CancellationToken)" path="/param[@name='messages']|/exception[not(@cref='T:System.OperationCanceledException' or @cref='T:IpMpsc.PartialBatchCanceledException')]" />
    public int TrySendBatch(ReadOnlySpan<T> messages) => _messages.SendBatch(messages, default(WaitLimit));

    /// <summary>
    /// Claims a message to be filled in place, as soon as there is room for it. Its fixed fields begin
    /// as zeros. Its variable fields are empty and stay so: to fill them, claim with their <c>Sizes</c>.
    /// </summary>
    /// <param name="cancellationToken">Ends the wait for room.</param>
    /// <returns>The claim. Commit it soon: messages behind it wait. Disposed without a commit, it is aborted.</returns>
    /// <inheritdoc cref="Send(in T, CancellationToken)" path="/exception" />
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Claim<T> Claim(CancellationToken cancellationToken = default) => _messages.Claim<T>(cancellationToken);

    /// <summary>Claims a message whose variable fields have these lengths, to be filled in place.</summary>
    /// <param name="sizes">Lengths of the variable fields, such as <c>new Frame.Sizes { Pixels = 4096 }</c>.</param>
    /// <param name="cancellationToken">Ends the wait for room.</param>
    /// <typeparam name="TSizes">The message's generated <c>Sizes</c>.</typeparam>
    /// <inheritdoc cref="Claim(CancellationToken)" path="/returns" />
    /// <inheritdoc cref="Send(in T, CancellationToken)" path="/exception" />
    public Claim<T> Claim<TSizes>(TSizes sizes, CancellationToken cancellationToken = default)
        where TSizes : struct, IMessageSizes<T, TSizes> =>
        _messages.Claim<T, TSizes>(sizes, cancellationToken);

    /// <summary>Claims a message to be filled in place, if there is room for it within a timeout.</summary>
    /// <param name="claim">The claim, if there was room.</param>
    /// <param name="timeout">On the monotonic clock; zero, the default, does not wait.</param>
    /// <param name="cancellationToken">Ends the wait for room.</param>
    /// <returns>False if the timeout passed first.</returns>
    /// <inheritdoc cref="Send(in T, CancellationToken)" path="/exception" />
    public bool TryClaim(out Claim<T> claim, TimeSpan timeout = default, CancellationToken cancellationToken = default) =>
        _messages.TryClaim(new FixedSizes<T>(), WaitLimit.For(timeout, cancellationToken), out claim);

    /// <summary>Claims a message whose variable fields have these lengths, if there is room for it within a timeout.</summary>
    /// <param name="sizes">Lengths of the variable fields.</param>
    /// <param name="claim">The claim, if there was room.</param>
    /// <param name="timeout">On the monotonic clock; zero, the default, does not wait.</param>
    /// <param name="cancellationToken">Ends the wait for room.</param>
    /// <typeparam name="TSizes">The message's generated <c>Sizes</c>.</typeparam>
    /// <returns>False if the timeout passed first.</returns>
    /// <inheritdoc cref="Send(in T, CancellationToken)" path="/exception" />
    public bool TryClaim<TSizes>(
        TSizes sizes, out Claim<T> claim, TimeSpan timeout = default, CancellationToken cancellationToken = default)
        where TSizes : struct, IMessageSizes<T, TSizes> =>
        _messages.TryClaim(sizes, WaitLimit.For(timeout, cancellationToken), out claim);

    /// <summary>
    /// Says why there is no room now, for a log entry after a send that timed out: how much is in use, and whether the receiver holds messages, waits
    /// for the claim of a sender, does not take what is ready, or is not there. The exceptions of sends that were cancelled contain it.
    /// </summary>
    /// <returns>Sentences for people; empty if the sender was disposed.</returns>
    public string ExplainFull() => FullRing.Describe(_attachment);

    /// <summary>
    /// Leaves the channel. A call that waits throws <see cref="ObjectDisposedException"/>; a claim that
    /// is open stays usable until it is committed or aborted. Safe to call from any thread.
    /// </summary>
    public void Dispose() => _pool.Close();

    /// <summary>As <see cref="Dispose"/>, which never waits, for <c>await using</c>.</summary>
    public ValueTask DisposeAsync()
    {
        Dispose();
        return default;
    }
}
