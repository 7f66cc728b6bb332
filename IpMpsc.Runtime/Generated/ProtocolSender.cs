using System.ComponentModel;
using System.Runtime.CompilerServices;
using IpMpsc.Opening;
using IpMpsc.Segments;
using IpMpsc.Sending;
using IpMpsc.Waiting;

namespace IpMpsc.Generated;

/// <summary>What the generated senders of all protocols have in common; safe to be shared between threads.</summary>
/// <inheritdoc cref="Sender{T}" path="/remarks" />
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class ProtocolSender : IDisposable, IAsyncDisposable
{
    private readonly ProducerPool _pool;
    private readonly MessageSender<ProducerPool> _messages;
    private readonly SendQueue<StoredPayload> _queue;

    /// <summary>Opens a channel.</summary>
    /// <param name="schema">The messages of the protocol.</param>
    /// <param name="name">A name, looked up in the user's runtime directory, or a path.</param>
    /// <param name="options">What the channel must be like; an option that is not set is not checked.</param>
    /// <param name="opening">Whether it must exist.</param>
    protected ProtocolSender(ProtocolSchema schema, string name, IpcChannelOptions? options, ProtocolOpening opening)
    {
        _pool = ChannelAccess.OpenSender(name, options, (OpenMode)opening, schema.Channel);
        _messages = new MessageSender<ProducerPool>(_pool, _pool.Attachment, _pool);
        _queue = new SendQueue<StoredPayload>(_pool, _pool.Attachment);
    }

    /// <inheritdoc cref="Sender{T}.Path" />
    public string Path => _pool.Attachment.Path;

    /// <inheritdoc cref="Sender{T}.Capacity" />
    public long Capacity => _pool.Attachment.Layout.Capacity;

    /// <inheritdoc cref="Sender{T}.MaxMessageSize" />
    public int MaxMessageSize => _pool.Attachment.MaxPayload;

    /// <inheritdoc cref="Sender{T}.IsReceiverAttached" />
    public bool IsReceiverAttached => _pool.Attachment.IsReceiverAttached;

    /// <inheritdoc cref="Sender{T}.BytesUsed" />
    public long BytesUsed => _pool.Attachment.MeasureUse("Sender");

    /// <inheritdoc cref="Sender{T}.ExplainFull" />
    public string ExplainFull() => FullRing.Describe(_pool.Attachment);

    /// <inheritdoc cref="Sender{T}.DroppedMessages" />
    public long DroppedMessages => _pool.Attachment.DroppedMessages;

    /// <inheritdoc cref="Sender{T}.Dispose" />
    public void Dispose() => _pool.Close();

    /// <summary>As <see cref="Dispose"/>, which never waits, for <c>await using</c>.</summary>
    public ValueTask DisposeAsync()
    {
        Dispose();
        return default;
    }

    /// <inheritdoc cref="Sender{T}.Send(in T, CancellationToken)" />
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected void SendMessage<T>(in T message, CancellationToken cancellationToken) where T : struct, IChannelMessage<T> =>
        _messages.Send(in message, cancellationToken);

    /// <inheritdoc cref="Sender{T}.TrySend(in T)" />
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected bool TrySendMessage<T>(in T message) where T : struct, IChannelMessage<T> => _messages.TrySend(in message);

    /// <inheritdoc cref="Sender{T}.TrySend(in T, TimeSpan, CancellationToken)" />
    protected bool TrySendMessage<T>(in T message, TimeSpan timeout, CancellationToken cancellationToken)
        where T : struct, IChannelMessage<T> =>
        _messages.Send(in message, whenEmpty: false, WaitLimit.For(timeout, cancellationToken));

    /// <inheritdoc cref="Sender{T}.SendAsync" />
    protected ValueTask SendMessageAsync<T>(in T message, CancellationToken cancellationToken) where T : struct, IChannelMessage<T> =>
        _messages.SendAsync(in message, _queue, cancellationToken);

    /// <inheritdoc cref="Sender{T}.SendWhenEmpty" />
    protected void SendMessageWhenEmpty<T>(in T message, CancellationToken cancellationToken) where T : struct, IChannelMessage<T> =>
        _messages.Send(in message, whenEmpty: true, WaitLimit.Forever(cancellationToken));

    /// <inheritdoc cref="Sender{T}.TrySendWhenEmpty" />
    protected bool TrySendMessageWhenEmpty<T>(in T message, TimeSpan timeout, CancellationToken cancellationToken)
        where T : struct, IChannelMessage<T> =>
        _messages.Send(in message, whenEmpty: true, WaitLimit.For(timeout, cancellationToken));

    /// <inheritdoc cref="Sender{T}.SendBatch(ReadOnlySpan{T}, CancellationToken)" />
    protected void SendMessages<T>(ReadOnlySpan<T> messages, CancellationToken cancellationToken) where T : struct, IChannelMessage<T> =>
        _messages.SendBatch(messages, WaitLimit.Forever(cancellationToken));

    /// <inheritdoc cref="Sender{T}.TrySendBatch(ReadOnlySpan{T})" />
    protected int TrySendMessages<T>(ReadOnlySpan<T> messages) where T : struct, IChannelMessage<T> =>
        _messages.SendBatch(messages, default(WaitLimit));

    /// <inheritdoc cref="Sender{T}.Claim(CancellationToken)" />
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected Claim<T> ClaimMessage<T>(CancellationToken cancellationToken) where T : struct, IChannelMessage<T> =>
        _messages.Claim<T>(cancellationToken);

    /// <inheritdoc cref="Sender{T}.Claim{TSizes}(TSizes, CancellationToken)" />
    protected Claim<T> ClaimMessage<T, TSizes>(TSizes sizes, CancellationToken cancellationToken)
        where T : struct, IChannelMessage<T>
        where TSizes : struct, IMessageSizes<T, TSizes> =>
        _messages.Claim<T, TSizes>(sizes, cancellationToken);

    /// <inheritdoc cref="Sender{T}.TryClaim(out Claim{T}, TimeSpan, CancellationToken)" />
    protected bool TryClaimMessage<T>(out Claim<T> claim, TimeSpan timeout, CancellationToken cancellationToken)
        where T : struct, IChannelMessage<T> =>
        TryClaimMessage(default(FixedSizes<T>), out claim, timeout, cancellationToken);

    /// <inheritdoc cref="Sender{T}.TryClaim{TSizes}(TSizes, out Claim{T}, TimeSpan, CancellationToken)" />
    protected bool TryClaimMessage<T, TSizes>(
        TSizes sizes, out Claim<T> claim, TimeSpan timeout, CancellationToken cancellationToken)
        where T : struct, IChannelMessage<T>
        where TSizes : struct, IMessageSizes<T, TSizes> =>
        _messages.TryClaim(sizes, WaitLimit.For(timeout, cancellationToken), out claim);
}
