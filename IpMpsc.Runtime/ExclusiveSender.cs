using System.Runtime.CompilerServices;
using IpMpsc.Opening;
using IpMpsc.Ring;
using IpMpsc.Segments;
using IpMpsc.Sending;
using IpMpsc.Waiting;

namespace IpMpsc;

/// <summary>Sends messages of one type to a channel, for one thread at a time; a little faster than a shared <see cref="Sender{T}"/>.</summary>
/// <remarks>
/// Not safe to be used from several threads at once; if a second thread is noticed, its call throws <see cref="InvalidOperationException"/>. Only <see cref="Dispose"/> may be called from any thread.
/// The split into shared and exclusive senders is that of Aeron's publications.
/// Once a call has claimed its place in the ring, order is settled: messages are received in the
/// order of their claims, those of one sender in the order in which it sent them.
/// </remarks>
/// <typeparam name="T">The message type, a struct marked with <see cref="ChannelMessageAttribute"/>.</typeparam>
public sealed partial class ExclusiveSender<T> : IDisposable, IAsyncDisposable where T : struct, IChannelMessage<T>
{
    private readonly RingProducer _producer;
    private readonly Attachment _attachment;
    private readonly MessageSender<ExclusiveProducer> _messages;

    private ExclusiveSender(RingProducer producer)
    {
        _producer = producer;
        _attachment = producer.Attachment;
        ExclusiveProducer source = new(producer);
        _messages = new MessageSender<ExclusiveProducer>(source, _attachment, pool: null);
        _queue = new SendQueue<StoredMessage<T>>(source, _attachment);
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

    /// <inheritdoc cref="Sender{T}.Open(string, IpcChannelOptions?)" />
    public static ExclusiveSender<T> Open(string name, IpcChannelOptions? options = null) =>
        new(ChannelAccess.OpenExclusiveSender(name, options, OpenMode.OpenExisting, ExpectedSchema.Of<T>()));

    /// <inheritdoc cref="Sender{T}.OpenOrCreate(string, IpcChannelOptions?)" />
    public static ExclusiveSender<T> OpenOrCreate(string name, IpcChannelOptions? options = null) =>
        new(ChannelAccess.OpenExclusiveSender(name, options, OpenMode.OpenOrCreate, ExpectedSchema.Of<T>()));

    /// <inheritdoc cref="Sender{T}.Send(in T, CancellationToken)" />
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Send(in T message, CancellationToken cancellationToken = default) =>
        _messages.Send(in message, cancellationToken);

    /// <inheritdoc cref="Sender{T}.TrySend(in T)" />
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TrySend(in T message) => _messages.TrySend(in message);

    /// <inheritdoc cref="Sender{T}.TrySend(in T, TimeSpan, CancellationToken)" />
    public bool TrySend(in T message, TimeSpan timeout, CancellationToken cancellationToken = default) =>
        _messages.Send(in message, whenEmpty: false, WaitLimit.For(timeout, cancellationToken));

    /// <inheritdoc cref="Sender{T}.SendWhenEmpty(in T, CancellationToken)" />
    public void SendWhenEmpty(in T message, CancellationToken cancellationToken = default) =>
        _messages.Send(in message, whenEmpty: true, WaitLimit.Forever(cancellationToken));

    /// <inheritdoc cref="Sender{T}.TrySendWhenEmpty(in T, TimeSpan, CancellationToken)" />
    public bool TrySendWhenEmpty(in T message, TimeSpan timeout, CancellationToken cancellationToken = default) =>
        _messages.Send(in message, whenEmpty: true, WaitLimit.For(timeout, cancellationToken));

    /// <inheritdoc cref="Sender{T}.SendBatch(ReadOnlySpan{T}, CancellationToken)" />
    public void SendBatch(ReadOnlySpan<T> messages, CancellationToken cancellationToken = default) =>
        _messages.SendBatch(messages, WaitLimit.Forever(cancellationToken));

    /// <inheritdoc cref="Sender{T}.TrySendBatch(ReadOnlySpan{T})" />
    public int TrySendBatch(ReadOnlySpan<T> messages) => _messages.SendBatch(messages, default(WaitLimit));

    /// <inheritdoc cref="Sender{T}.Claim(CancellationToken)" />
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Claim<T> Claim(CancellationToken cancellationToken = default) => _messages.Claim<T>(cancellationToken);

    /// <inheritdoc cref="Sender{T}.Claim{TSizes}(TSizes, CancellationToken)" />
    public Claim<T> Claim<TSizes>(TSizes sizes, CancellationToken cancellationToken = default)
        where TSizes : struct, IMessageSizes<T, TSizes> =>
        _messages.Claim<T, TSizes>(sizes, cancellationToken);

    /// <inheritdoc cref="Sender{T}.TryClaim(out Claim{T}, TimeSpan, CancellationToken)" />
    public bool TryClaim(out Claim<T> claim, TimeSpan timeout = default, CancellationToken cancellationToken = default) =>
        _messages.TryClaim(new FixedSizes<T>(), WaitLimit.For(timeout, cancellationToken), out claim);

    /// <inheritdoc cref="Sender{T}.TryClaim{TSizes}(TSizes, out Claim{T}, TimeSpan, CancellationToken)" />
    public bool TryClaim<TSizes>(
        TSizes sizes, out Claim<T> claim, TimeSpan timeout = default, CancellationToken cancellationToken = default)
        where TSizes : struct, IMessageSizes<T, TSizes> =>
        _messages.TryClaim(sizes, WaitLimit.For(timeout, cancellationToken), out claim);

    /// <inheritdoc cref="Sender{T}.ExplainFull" />
    public string ExplainFull() => FullRing.Describe(_attachment);

    /// <inheritdoc cref="Sender{T}.Dispose()" />
    public void Dispose() => _producer.Close();

    /// <summary>As <see cref="Dispose"/>, which never waits, for <c>await using</c>.</summary>
    public ValueTask DisposeAsync()
    {
        Dispose();
        return default;
    }
}
