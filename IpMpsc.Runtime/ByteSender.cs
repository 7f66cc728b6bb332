using IpMpsc.Opening;
using IpMpsc.Ring;
using IpMpsc.Segments;
using IpMpsc.Sending;
using IpMpsc.Waiting;

namespace IpMpsc;

/// <summary>
/// Sends raw bytes, for programs with a message format of their own: the same ring without a schema.
/// </summary>
/// <remarks>
/// All members are safe to be called from several threads at once. Order is as with
/// <see cref="Sender{T}"/>. An empty message is a message.
/// </remarks>
public sealed partial class ByteSender : IDisposable
{
    private readonly ProducerPool _pool;
    private readonly Attachment _attachment;
    private readonly PayloadSender<ProducerPool> _payloads;

    private ByteSender(ProducerPool pool)
    {
        _pool = pool;
        _attachment = pool.Attachment;
        _payloads = new PayloadSender<ProducerPool>(pool, _attachment);
        _queue = new SendQueue<StoredPayload>(pool, _attachment);
    }

    /// <inheritdoc cref="Sender{T}.Path" />
    public string Path => _attachment.Path;

    /// <inheritdoc cref="Sender{T}.Capacity" />
    public long Capacity => _attachment.Layout.Capacity;

    /// <inheritdoc cref="Sender{T}.MaxMessageSize" />
    public int MaxMessageSize => _attachment.MaxPayload;

    /// <inheritdoc cref="Sender{T}.IsReceiverAttached" />
    public bool IsReceiverAttached => _attachment.IsReceiverAttached;

    /// <inheritdoc cref="Sender{T}.Open" />
    public static ByteSender Open(string name, IpcChannelOptions? options = null) =>
        new(ChannelAccess.OpenSender(name, options, OpenMode.OpenExisting, ExpectedSchema.Bytes));

    /// <inheritdoc cref="Sender{T}.OpenOrCreate" />
    public static ByteSender OpenOrCreate(string name, IpcChannelOptions? options = null) =>
        new(ChannelAccess.OpenSender(name, options, OpenMode.OpenOrCreate, ExpectedSchema.Bytes));

    /// <inheritdoc cref="Sender{T}.Send(in T, CancellationToken)" />
    public void Send(ReadOnlySpan<byte> message, CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested || !TrySend(message))
        {
            Send(message, whenEmpty: false, WaitLimit.Forever(cancellationToken));
        }
    }

    /// <inheritdoc cref="Sender{T}.TrySend(in T)" />
    public bool TrySend(ReadOnlySpan<byte> message) =>
        _payloads.TrySend(new RecordPayload(0, 0, message));

    /// <inheritdoc cref="Sender{T}.TrySend(in T, TimeSpan, CancellationToken)" />
    public bool TrySend(ReadOnlySpan<byte> message, TimeSpan timeout, CancellationToken cancellationToken = default) =>
        Send(message, whenEmpty: false, WaitLimit.For(timeout, cancellationToken));

    /// <inheritdoc cref="Sender{T}.SendWhenEmpty" />
    public void SendWhenEmpty(ReadOnlySpan<byte> message, CancellationToken cancellationToken = default) =>
        Send(message, whenEmpty: true, WaitLimit.Forever(cancellationToken));

    /// <inheritdoc cref="Sender{T}.TrySendWhenEmpty" />
    public bool TrySendWhenEmpty(ReadOnlySpan<byte> message, TimeSpan timeout, CancellationToken cancellationToken = default) =>
        Send(message, whenEmpty: true, WaitLimit.For(timeout, cancellationToken));

    /// <summary>Claims bytes to be filled in place, as soon as there is room for them.</summary>
    /// <param name="length">Payload bytes, from 0 to <see cref="MaxMessageSize"/>.</param>
    /// <param name="cancellationToken">Ends the wait for room.</param>
    /// <inheritdoc cref="Sender{T}.Claim(CancellationToken)" path="/returns" />
    /// <inheritdoc cref="Sender{T}.Send(in T, CancellationToken)" path="/exception" />
    public ByteClaim Claim(int length, CancellationToken cancellationToken = default)
    {
        TryClaim(length, WaitLimit.Forever(cancellationToken), out ByteClaim claim);
        return claim;
    }

    /// <summary>Claims bytes to be filled in place, if there is room for them within a time.</summary>
    /// <param name="length">Payload bytes, from 0 to <see cref="MaxMessageSize"/>.</param>
    /// <param name="claim">The claim, if there was room.</param>
    /// <param name="timeout">On the monotonic clock; zero, the default, does not wait.</param>
    /// <param name="cancellationToken">Ends the wait for room.</param>
    /// <returns>False if the time passed first.</returns>
    /// <inheritdoc cref="Sender{T}.Send(in T, CancellationToken)" path="/exception" />
    public bool TryClaim(
        int length, out ByteClaim claim, TimeSpan timeout = default, CancellationToken cancellationToken = default) =>
        TryClaim(length, WaitLimit.For(timeout, cancellationToken), out claim);

    /// <inheritdoc cref="Sender{T}.Dispose" />
    public void Dispose() => _pool.Close();

    private bool Send(ReadOnlySpan<byte> message, bool whenEmpty, in WaitLimit limit) =>
        _payloads.Send(new RecordPayload(0, 0, message), whenEmpty, limit);

    private bool TryClaim(int length, scoped in WaitLimit limit, out ByteClaim claim)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        bool claimed = _payloads.TryClaim(length, limit, out RingProducer? producer);
        claim = claimed ? new ByteClaim(producer!, _pool, length) : default;
        return claimed;
    }
}
