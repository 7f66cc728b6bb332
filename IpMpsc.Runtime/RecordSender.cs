using IpMpsc.Opening;
using IpMpsc.Schemas;
using IpMpsc.Segments;
using IpMpsc.Sending;
using IpMpsc.Waiting;

namespace IpMpsc;

/// <summary>
/// Sends encoded messages to a channel of any message types, by the schema that the channel stores: for tools and bridges
/// that do not have the types.
/// </summary>
/// <remarks>
/// All members are safe to be called from several threads at once. Order is as with <see cref="Sender{T}"/>.
/// Payloads are not checked: make one with <see cref="SchemaMessage.Encode"/>, or take one from a
/// <see cref="ReceivedRecord"/> of the same schema. Receivers reject a payload that they cannot decode.
/// </remarks>
public sealed class RecordSender : IDisposable, IAsyncDisposable
{
    private readonly ProducerPool _pool;
    private readonly Attachment _attachment;
    private readonly PayloadSender<ProducerPool> _payloads;
    private readonly HashSet<ushort>? _ids; // Null: a channel of bytes takes any id.

    private RecordSender(ProducerPool pool)
    {
        _pool = pool;
        _attachment = pool.Attachment;
        _payloads = new PayloadSender<ProducerPool>(pool, _attachment);
        Schema = ExpectedSchema.TextOf(_attachment);
        _ids = IdsOf(Schema);
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

    /// <summary>The schema text of the channel's message types; empty for raw bytes.</summary>
    public string Schema { get; }

    /// <summary>Opens a channel, whatever its message types are.</summary>
    /// <inheritdoc cref="Sender{T}.Open(string, IpcChannelOptions?)" path="/param|/exception" />
    public static RecordSender Open(string name, IpcChannelOptions? options = null) =>
        new(ChannelAccess.OpenSender(name, options, OpenMode.OpenExisting, ExpectedSchema.Any));

    /// <summary>Opens a channel with these message types, or makes one.</summary>
    /// <param name="name">A name, looked up in the user's runtime directory, or a path.</param>
    /// <param name="schema">The description of the message types, such as <see cref="ChannelInfo.Schema"/>; empty for raw bytes.</param>
    /// <param name="options">How the channel is made, and what is expected of one that exists.</param>
    /// <exception cref="SchemaFormatException">The description is not a schema.</exception>
    /// <inheritdoc cref="Sender{T}.OpenOrCreate(string, IpcChannelOptions?)" path="/exception" />
    public static RecordSender OpenOrCreate(string name, string schema, IpcChannelOptions? options = null)
    {
        SchemaDocument.Parse(schema);
        return new RecordSender(ChannelAccess.OpenSender(name, options, OpenMode.OpenOrCreate, new ExpectedSchema(schema)));
    }

    /// <summary>Sends a message as soon as there is room.</summary>
    /// <param name="messageId">The id of its type; 0 in a channel of raw bytes.</param>
    /// <param name="schemaVersion">The version of its type that the payload is in; 0 in a channel of raw bytes.</param>
    /// <param name="payload">Its bytes.</param>
    /// <param name="cancellationToken">Ends the wait for room.</param>
    /// <exception cref="ArgumentException">The channel has no such message type.</exception>
    /// <inheritdoc cref="Sender{T}.Send(in T, CancellationToken)" path="/exception" />
    public void Send(ushort messageId, ushort schemaVersion, ReadOnlySpan<byte> payload, CancellationToken cancellationToken = default) =>
        Send(messageId, schemaVersion, payload, WaitLimit.Forever(cancellationToken));

    /// <summary>Sends a message if there is room within a timeout.</summary>
    /// <param name="messageId">The id of its type; 0 in a channel of raw bytes.</param>
    /// <param name="schemaVersion">The version of its type that the payload is in; 0 in a channel of raw bytes.</param>
    /// <param name="payload">Its bytes.</param>
    /// <param name="timeout">On the monotonic clock; zero does not wait.</param>
    /// <param name="cancellationToken">Ends the wait for room.</param>
    /// <returns>False if the timeout passed first.</returns>
    /// <inheritdoc cref="Send(ushort, ushort, ReadOnlySpan{byte}, CancellationToken)" path="/exception" />
    public bool TrySend(
        ushort messageId,
        ushort schemaVersion,
        ReadOnlySpan<byte> payload,
        TimeSpan timeout = default,
        CancellationToken cancellationToken = default) =>
        Send(messageId, schemaVersion, payload, WaitLimit.For(timeout, cancellationToken));

    /// <summary>Sends a message that was received elsewhere, with the trace that it had there, as soon as there is room.</summary>
    /// <param name="messageId">The id of its type; 0 in a channel of raw bytes.</param>
    /// <param name="schemaVersion">The version of its type that the payload is in; 0 in a channel of raw bytes.</param>
    /// <param name="payload">Its bytes.</param>
    /// <param name="trace">
    /// What its receivers find in <see cref="ReceivedMessage{T}.Trace"/> if this sender sets <see cref="IpcChannelOptions.TraceMessages"/>; nobody finds it otherwise.
    /// Its time is on the clock of this machine; 0 stands for the time of this send.
    /// </param>
    /// <param name="cancellationToken">Ends the wait for room.</param>
    /// <inheritdoc cref="Send(ushort, ushort, ReadOnlySpan{byte}, CancellationToken)" path="/exception" />
    public void Send(
        ushort messageId, ushort schemaVersion, ReadOnlySpan<byte> payload, in MessageTrace trace, CancellationToken cancellationToken = default) =>
        Send(messageId, schemaVersion, payload, WaitLimit.Forever(cancellationToken), trace);

    /// <summary>Sends a message that was received elsewhere, with the trace that it had there, if there is room within a time.</summary>
    /// <param name="messageId">The id of its type; 0 in a channel of raw bytes.</param>
    /// <param name="schemaVersion">The version of its type that the payload is in; 0 in a channel of raw bytes.</param>
    /// <param name="payload">Its bytes.</param>
    /// <param name="trace">
    /// What its receivers find in <see cref="ReceivedMessage{T}.Trace"/> if this sender sets <see cref="IpcChannelOptions.TraceMessages"/>; nobody finds it otherwise.
    /// Its time is on the clock of this machine; 0 stands for the time of this send.
    /// </param>
    /// <param name="timeout">On the monotonic clock; zero does not wait.</param>
    /// <param name="cancellationToken">Ends the wait for room.</param>
    /// <returns>False if the time passed first.</returns>
    /// <inheritdoc cref="Send(ushort, ushort, ReadOnlySpan{byte}, CancellationToken)" path="/exception" />
    public bool TrySend(
        ushort messageId,
        ushort schemaVersion,
        ReadOnlySpan<byte> payload,
        in MessageTrace trace,
        TimeSpan timeout = default,
        CancellationToken cancellationToken = default) =>
        Send(messageId, schemaVersion, payload, WaitLimit.For(timeout, cancellationToken), trace);

    /// <inheritdoc cref="Sender{T}.ExplainFull" />
    public string ExplainFull() => FullRing.Describe(_attachment);

    /// <inheritdoc cref="Sender{T}.Dispose" />
    public void Dispose() => _pool.Close();

    /// <summary>As <see cref="Dispose"/>, which never waits, for <c>await using</c>.</summary>
    public ValueTask DisposeAsync()
    {
        Dispose();
        return default;
    }

    private bool Send(ushort messageId, ushort schemaVersion, ReadOnlySpan<byte> payload, in WaitLimit limit, in MessageTrace? trace = null) =>
        _payloads.Send(Record(messageId, schemaVersion, payload), whenEmpty: false, limit, trace);

    private RecordPayload Record(ushort messageId, ushort schemaVersion, ReadOnlySpan<byte> payload)
    {
        if (_ids is not null && !_ids.Contains(messageId))
        {
            throw new ArgumentException(
                $"Channel '{Path}' has no message with the id {messageId}; it has {string.Join(", ", _ids)}.", nameof(messageId));
        }

        return new RecordPayload(messageId, schemaVersion, payload);
    }

    /// <summary>The ids that may be sent. If the stored schema is corrupt, there are none, because no receiver could decode the message.</summary>
    internal static HashSet<ushort>? IdsOf(string schema)
    {
        try
        {
            SchemaDocument document = SchemaDocument.Parse(schema);
            return document.Messages.Count == 0 ? null : [.. document.Messages.Select(message => message.Id)];
        }
        catch (SchemaFormatException)
        {
            return [];
        }
    }
}
