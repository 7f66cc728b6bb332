using System.Text;
using IpMpsc.Layout;
using IpMpsc.Opening;
using IpMpsc.Ring;
using IpMpsc.Schemas;
using IpMpsc.Segments;
using IpMpsc.Sending;
using IpMpsc.Waiting;

namespace IpMpsc;

/// <summary>
/// Sends messages that come from elsewhere, each exactly once, even if the forwarder is killed at any instruction: the channel remembers the sequence of
/// the last message of each source that is in it.
/// </summary>
/// <remarks>
/// <para>
/// A source is anything that numbers its messages and can repeat them: a broker's stream, a log, a file. Open the forwarder, resume the source behind
/// <see cref="LastSequence"/>, and pass each message's number to <see cref="Send(ushort, ushort, ReadOnlySpan{byte}, long, CancellationToken)"/>. A kill between sending a message and noting that it was
/// sent leaves no doubt: the next forwarder of the source reads in the channel what arrived.
/// </para>
/// <para>
/// A source has one forwarder at a time and keeps a sender slot for it, also while none is open. For one thread at a time; only <see cref="Dispose"/> is safe to
/// call from any thread.
/// </para>
/// </remarks>
public sealed class RecordForwarder : IDisposable, IAsyncDisposable
{
    private readonly RingProducer _producer;
    private readonly Attachment _attachment;
    private readonly HashSet<ushort>? _ids; // Null: a channel of bytes takes any id.
    private long _last;

    private RecordForwarder(RingProducer producer, string source)
    {
        _producer = producer;
        _attachment = producer.Attachment;
        _last = _attachment.SourceSequence;
        Source = source;
        Schema = ExpectedSchema.TextOf(_attachment);
        _ids = RecordSender.IdsOf(Schema);
    }

    /// <inheritdoc cref="Sender{T}.Path" />
    public string Path => _attachment.Path;

    /// <inheritdoc cref="Sender{T}.MaxMessageSize" />
    public int MaxMessageSize => _attachment.MaxPayload;

    /// <inheritdoc cref="Sender{T}.IsReceiverAttached" />
    public bool IsReceiverAttached => _attachment.IsReceiverAttached;

    /// <inheritdoc cref="Sender{T}.BytesUsed" />
    public long BytesUsed => _attachment.MeasureUse("Sender");

    /// <inheritdoc cref="RecordSender.Schema" />
    public string Schema { get; }

    /// <summary>The name of the source.</summary>
    public string Source { get; }

    /// <summary>The sequence of the last message of this source that is in the channel, sent by this forwarder or by one before it; 0 if there is none.</summary>
    public long LastSequence => _last;

    /// <summary>Opens a channel of any message types as the forwarder of a source.</summary>
    /// <param name="name">A name, looked up in the user's runtime directory, or a path.</param>
    /// <param name="source">The name of the source, at most 56 bytes in UTF-8.</param>
    /// <param name="options">What the channel must be like; an option that is not set is not checked.</param>
    /// <exception cref="ArgumentException">The name of the channel is not valid, or that of the source is empty or too long.</exception>
    /// <exception cref="ChannelInUseException">The source has a forwarder, or every sender slot is taken.</exception>
    /// <inheritdoc cref="Sender{T}.Open(string, IpcChannelOptions?)" path="/exception[@cref='T:IpMpsc.ChannelNotFoundException' or @cref='T:IpMpsc.ChannelMismatchException' or @cref='T:IpMpsc.ChannelFileException' or @cref='T:IpMpsc.ChannelCorruptException']" />
    public static RecordForwarder Open(string name, string source, IpcChannelOptions? options = null) =>
        Open(name, source, options, OpenMode.OpenExisting, ExpectedSchema.Any);

    /// <summary>Opens a channel with these message types as the forwarder of a source, or creates the channel.</summary>
    /// <param name="name">A name, looked up in the user's runtime directory, or a path.</param>
    /// <param name="source">The name of the source, at most 56 bytes in UTF-8.</param>
    /// <param name="schema">The description of the message types, such as <see cref="ChannelInfo.Schema"/>; empty for raw bytes.</param>
    /// <param name="options">How to create the channel, and what an existing one must be like.</param>
    /// <exception cref="SchemaFormatException">The description is not a schema.</exception>
    /// <inheritdoc cref="Open(string, string, IpcChannelOptions?)" path="/exception" />
    public static RecordForwarder OpenOrCreate(string name, string source, string schema, IpcChannelOptions? options = null)
    {
        SchemaDocument.Parse(schema);
        return Open(name, source, options, OpenMode.OpenOrCreate, new ExpectedSchema(schema));
    }

    /// <summary>Sends a message; waits until there is room.</summary>
    /// <param name="messageId">The id of its type; 0 in a channel of raw bytes.</param>
    /// <param name="schemaVersion">The version of its type that the payload is in; 0 in a channel of raw bytes.</param>
    /// <param name="payload">Its bytes.</param>
    /// <param name="sequence">Its number in the source, above <see cref="LastSequence"/>.</param>
    /// <param name="cancellationToken">Ends the wait for room.</param>
    /// <exception cref="ArgumentException">The channel has no such message type.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The sequence is not above <see cref="LastSequence"/>.</exception>
    /// <inheritdoc cref="Sender{T}.Send(in T, CancellationToken)" path="/exception" />
    public void Send(
        ushort messageId, ushort schemaVersion, ReadOnlySpan<byte> payload, long sequence, CancellationToken cancellationToken = default) =>
        SendWithin(messageId, schemaVersion, payload, sequence, trace: null, WaitLimit.Forever(cancellationToken));

    /// <summary>Sends a message with the trace that it had in the source; waits until there is room.</summary>
    /// <param name="messageId">The id of its type; 0 in a channel of raw bytes.</param>
    /// <param name="schemaVersion">The version of its type that the payload is in; 0 in a channel of raw bytes.</param>
    /// <param name="payload">Its bytes.</param>
    /// <param name="sequence">Its number in the source, above <see cref="LastSequence"/>.</param>
    /// <param name="trace">
    /// What its receivers find in <see cref="ReceivedMessage{T}.Trace"/> if this forwarder sets <see cref="IpcChannelOptions.TraceMessages"/>; nobody finds it
    /// otherwise. Its time is on the clock of this machine; 0 stands for the time of this send.
    /// </param>
    /// <param name="cancellationToken">Ends the wait for room.</param>
    /// <inheritdoc cref="Send(ushort, ushort, ReadOnlySpan{byte}, long, CancellationToken)" path="/exception" />
    public void Send(
        ushort messageId,
        ushort schemaVersion,
        ReadOnlySpan<byte> payload,
        long sequence,
        in MessageTrace trace,
        CancellationToken cancellationToken = default) =>
        SendWithin(messageId, schemaVersion, payload, sequence, trace, WaitLimit.Forever(cancellationToken));

    /// <summary>Sends a message if there is room within a timeout.</summary>
    /// <param name="messageId">The id of its type; 0 in a channel of raw bytes.</param>
    /// <param name="schemaVersion">The version of its type that the payload is in; 0 in a channel of raw bytes.</param>
    /// <param name="payload">Its bytes.</param>
    /// <param name="sequence">Its number in the source, above <see cref="LastSequence"/>.</param>
    /// <param name="timeout">The longest wait, on the monotonic clock; zero does not wait.</param>
    /// <param name="cancellationToken">Ends the wait for room.</param>
    /// <returns>False if the timeout passed first: the message was not sent.</returns>
    /// <inheritdoc cref="Send(ushort, ushort, ReadOnlySpan{byte}, long, CancellationToken)" path="/exception" />
    public bool TrySend(
        ushort messageId,
        ushort schemaVersion,
        ReadOnlySpan<byte> payload,
        long sequence,
        TimeSpan timeout = default,
        CancellationToken cancellationToken = default) =>
        SendWithin(messageId, schemaVersion, payload, sequence, trace: null, WaitLimit.For(timeout, cancellationToken));

    /// <summary>Sends a message with the trace that it had in the source, if there is room within a timeout.</summary>
    /// <param name="messageId">The id of its type; 0 in a channel of raw bytes.</param>
    /// <param name="schemaVersion">The version of its type that the payload is in; 0 in a channel of raw bytes.</param>
    /// <param name="payload">Its bytes.</param>
    /// <param name="sequence">Its number in the source, above <see cref="LastSequence"/>.</param>
    /// <param name="trace">
    /// What its receivers find in <see cref="ReceivedMessage{T}.Trace"/> if this forwarder sets <see cref="IpcChannelOptions.TraceMessages"/>; nobody finds it
    /// otherwise. Its time is on the clock of this machine; 0 stands for the time of this send.
    /// </param>
    /// <param name="timeout">The longest wait, on the monotonic clock; zero does not wait.</param>
    /// <param name="cancellationToken">Ends the wait for room.</param>
    /// <returns>False if the timeout passed first: the message was not sent.</returns>
    /// <inheritdoc cref="Send(ushort, ushort, ReadOnlySpan{byte}, long, CancellationToken)" path="/exception" />
    public bool TrySend(
        ushort messageId,
        ushort schemaVersion,
        ReadOnlySpan<byte> payload,
        long sequence,
        in MessageTrace trace,
        TimeSpan timeout = default,
        CancellationToken cancellationToken = default) =>
        SendWithin(messageId, schemaVersion, payload, sequence, trace, WaitLimit.For(timeout, cancellationToken));

    /// <inheritdoc cref="Sender{T}.ExplainFull" />
    public string ExplainFull() => FullRing.Describe(_attachment);

    /// <summary>Leaves the channel. The source keeps its slot for its next forwarder. Safe to call from any thread.</summary>
    public void Dispose() => _producer.Close();

    /// <summary>As <see cref="Dispose"/>, which never waits, for <c>await using</c>.</summary>
    public ValueTask DisposeAsync()
    {
        Dispose();
        return default;
    }

    private static RecordForwarder Open(string name, string source, IpcChannelOptions? options, OpenMode mode, ExpectedSchema schema)
    {
        ArgumentException.ThrowIfNullOrEmpty(source);
        if (Encoding.UTF8.GetByteCount(source) > IdentityDescriptor.NameSize || source.Contains('\0', StringComparison.Ordinal))
        {
            throw new ArgumentException(
                $"The name of a source has at most {IdentityDescriptor.NameSize} bytes in UTF-8 and no null character; '{source}' does not fit.", nameof(source));
        }

        return new RecordForwarder(ChannelAccess.OpenExclusiveSender(name, options, mode, schema, source), source);
    }

    private bool SendWithin(
        ushort messageId, ushort schemaVersion, ReadOnlySpan<byte> payload, long sequence, in MessageTrace? trace, in WaitLimit limit)
    {
        if (_ids is not null && !_ids.Contains(messageId))
        {
            throw new ArgumentException(
                $"Channel '{Path}' has no message with the id {messageId}; it has {string.Join(", ", _ids)}.", nameof(messageId));
        }

        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(sequence, _last);
        limit.Cancellation.ThrowIfCancellationRequested();
        ClaimOutcome outcome = payload.Length > _attachment.MaxPayload
            ? ClaimOutcome.TooLarge
            : SendOnce(RecordDescriptor.Describe(payload.Length, messageId, schemaVersion), payload, sequence, trace, limit);
        if (outcome is not (ClaimOutcome.Claimed or ClaimOutcome.Full))
        {
            SendFault.Throw(outcome, _attachment, payload.Length, limit.Cancellation);
        }

        return outcome == ClaimOutcome.Claimed;
    }

    private ClaimOutcome SendOnce(ulong description, ReadOnlySpan<byte> payload, long sequence, in MessageTrace? trace, in WaitLimit limit)
    {
        _producer.Enter();
        try
        {
            ClaimOutcome outcome = _producer.Claim(_producer.SizeOf(payload.Length), limit);
            if (outcome == ClaimOutcome.Claimed)
            {
                payload.CopyTo(_producer.Payload(_producer.ClaimPosition, payload.Length));
                _producer.BeginSource(sequence); // After the claim, which it is for, and before its stamp.
                Commit(description, trace);
                _producer.ConfirmSource(sequence);
                _last = sequence;
            }

            return outcome;
        }
        finally
        {
            _producer.Exit();
        }
    }

    private void Commit(ulong description, in MessageTrace? trace)
    {
        if (trace is { } given)
        {
            _producer.Commit(description, given.SentTimestamp, given.Context);
        }
        else
        {
            _producer.Commit(description);
        }
    }
}
