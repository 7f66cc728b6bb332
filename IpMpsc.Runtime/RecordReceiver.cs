using IpMpsc.Opening;
using IpMpsc.Receiving;
using IpMpsc.Ring;
using IpMpsc.Schemas;
using IpMpsc.Segments;
using IpMpsc.Waiting;

namespace IpMpsc;

/// <summary>
/// Receives from a channel of any message types, by what the channel says of them itself: for tools and
/// bridges that do not have the types. <see cref="SchemaMessage.Decode"/> makes values of what comes.
/// </summary>
/// <inheritdoc cref="Receiver{T}" path="/remarks" />
public sealed class RecordReceiver : IReceiver
{
    private readonly RingConsumer _ring;
    private readonly RecordReceive _ladder;

    private RecordReceiver(RingConsumer ring)
    {
        _ring = ring;
        _ladder = new RecordReceive(ring, accepted: null);
        Schema = ExpectedSchema.TextOf(ring.Attachment);
    }

    RingConsumer IReceiver.Ring => _ring;

    /// <inheritdoc cref="Receiver{T}.Path" />
    public string Path => _ring.Attachment.Path;

    /// <inheritdoc cref="Receiver{T}.Capacity" />
    public long Capacity => _ring.Attachment.Layout.Capacity;

    /// <inheritdoc cref="Receiver{T}.MaxMessageSize" />
    public int MaxMessageSize => _ring.Attachment.MaxPayload;

    /// <inheritdoc cref="RecordSender.Schema" />
    public string Schema { get; }

    /// <inheritdoc cref="Receiver{T}.IsCompleted" />
    public bool IsCompleted => PayloadReceiver.IsCompleted(_ring);

    /// <summary>Becomes the receiver of a channel, whatever its message types are.</summary>
    /// <inheritdoc cref="Receiver{T}.Open" path="/param|/exception" />
    public static RecordReceiver Open(string name, IpcChannelOptions? options = null) =>
        new(ChannelAccess.OpenReceiver(name, options, OpenMode.OpenExisting, ExpectedSchema.Any));

    /// <summary>Receives the next message of any type in place, as soon as there is one.</summary>
    /// <inheritdoc cref="Receiver{T}.ReceiveInPlace" path="/param|/returns|/exception" />
    public ReceivedRecord ReceiveRecord(CancellationToken cancellationToken = default) => _ladder.Receive(cancellationToken);

    /// <summary>Receives the next message of any type in place, if one comes within a time.</summary>
    /// <param name="record">The message; dispose it to receive the next one.</param>
    /// <param name="timeout">On the monotonic clock; zero, the default, does not wait.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>False if the time passed first.</returns>
    /// <inheritdoc cref="Receiver{T}.ReceiveInPlace" path="/exception" />
    public bool TryReceiveRecord(
        out ReceivedRecord record, TimeSpan timeout = default, CancellationToken cancellationToken = default) =>
        _ladder.TryReceive(out record, WaitLimit.For(timeout, cancellationToken));

    /// <inheritdoc cref="Receiver{T}.WaitToReceiveAsync" />
    public ValueTask<bool> WaitToReceiveAsync(CancellationToken cancellationToken = default) =>
        PayloadReceiver.WaitForMessageAsync(_ring, cancellationToken);

    /// <summary>
    /// Steps over what dead senders have left before the next message, as every receive does, but receives
    /// nothing and does not wait.
    /// </summary>
    /// <returns>How many gaps were stepped over.</returns>
    /// <exception cref="InvalidOperationException">A message is in hand, or another thread uses the receiver.</exception>
    /// <exception cref="ObjectDisposedException">The receiver was disposed.</exception>
    public long Recover() => PayloadReceiver.StepOverGaps(_ring);

    /// <inheritdoc cref="Receiver{T}.SkipCorrupt" />
    public long SkipCorrupt() => PayloadReceiver.SkipCorrupt(_ring);

    /// <inheritdoc cref="Receiver{T}.Dispose" />
    public void Dispose() => _ring.Close();
}
