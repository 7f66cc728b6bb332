using System.ComponentModel;
using IpMpsc.Opening;
using IpMpsc.Receiving;
using IpMpsc.Ring;
using IpMpsc.Segments;
using IpMpsc.Waiting;

namespace IpMpsc.Generated;

/// <summary>What the generated receivers of all protocols have in common.</summary>
/// <inheritdoc cref="Receiver{T}" path="/remarks" />
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class ProtocolReceiver : IReceiver
{
    private readonly RingConsumer _ring;
    private readonly RecordReceive _ladder;

    /// <summary>Becomes the receiver of a channel.</summary>
    /// <param name="schema">The messages of the protocol.</param>
    /// <param name="name">A name, for a file in the user's runtime directory, or a path.</param>
    /// <param name="options">How the channel is made, or what is expected of it.</param>
    /// <param name="opening">Whether it may, or must, exist.</param>
    protected ProtocolReceiver(ProtocolSchema schema, string name, IpcChannelOptions? options, ProtocolOpening opening)
    {
        _ring = ChannelAccess.OpenReceiver(name, options, (OpenMode)opening, schema.Channel);
        _ladder = new RecordReceive(_ring, schema.Accepted);
    }

    /// <summary>Makes a channel that vanishes with this receiver.</summary>
    /// <param name="schema">The messages of the protocol.</param>
    /// <param name="options">How the channel is made.</param>
    protected ProtocolReceiver(ProtocolSchema schema, IpcChannelOptions? options)
        : this(schema, ChannelAccess.NewTemporaryName(), ChannelAccess.Temporary(options), ProtocolOpening.Create)
    {
    }

    RingConsumer IReceiver.Ring => _ring;

    /// <inheritdoc cref="Receiver{T}.Path" />
    public string Path => _ring.Attachment.Path;

    /// <inheritdoc cref="Receiver{T}.Capacity" />
    public long Capacity => _ring.Attachment.Layout.Capacity;

    /// <inheritdoc cref="Receiver{T}.MaxMessageSize" />
    public int MaxMessageSize => _ring.Attachment.MaxPayload;

    /// <inheritdoc cref="Receiver{T}.IsCompleted" />
    public bool IsCompleted => PayloadReceiver.IsCompleted(_ring);

    /// <inheritdoc cref="Receiver{T}.SkipCorrupt" />
    public long SkipCorrupt() => PayloadReceiver.SkipCorrupt(_ring);

    /// <inheritdoc cref="Receiver{T}.WaitToReceiveAsync" />
    public ValueTask<bool> WaitToReceiveAsync(CancellationToken cancellationToken = default) =>
        PayloadReceiver.WaitForMessageAsync(_ring, cancellationToken);

    /// <inheritdoc cref="Receiver{T}.Dispose" />
    public void Dispose() => _ring.Close();

    /// <summary>Receives the next message of any type in place, as soon as there is one.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="UnknownMessageException">The message is of no type of the protocol; it was stepped over.</exception>
    /// <inheritdoc cref="Receiver{T}.ReceiveInPlace" path="/returns|/exception" />
    protected ReceivedRecord ReceiveRecord(CancellationToken cancellationToken) => _ladder.Receive(cancellationToken);

    /// <summary>Receives the next message of any type in place, if there is one now.</summary>
    /// <param name="record">The message; dispose it to receive the next one.</param>
    /// <returns>False if there is none.</returns>
    /// <inheritdoc cref="ReceiveRecord" path="/exception" />
    protected bool TryReceiveRecord(out ReceivedRecord record) => _ladder.TryReceive(out record);

    /// <summary>Receives the next message of any type in place, if one comes within a time.</summary>
    /// <param name="record">The message; dispose it to receive the next one.</param>
    /// <param name="timeout">On the monotonic clock; <see cref="Timeout.InfiniteTimeSpan"/> waits as long as it takes.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>False if the time passed first.</returns>
    /// <inheritdoc cref="ReceiveRecord" path="/exception" />
    protected bool TryReceiveRecord(out ReceivedRecord record, TimeSpan timeout, CancellationToken cancellationToken) =>
        _ladder.TryReceive(out record, WaitLimit.For(timeout, cancellationToken));
}
