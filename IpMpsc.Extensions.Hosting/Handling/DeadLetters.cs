using Microsoft.Extensions.Logging;

namespace IpMpsc.Extensions.Hosting.Handling;

/// <summary>
/// The channel for messages that could not be handled. It is opened when the first one comes, and has the schema
/// of the channel that they come from.
/// </summary>
/// <remarks>
/// A message keeps its trace, and one without a trace needs no room for it: each kind has a sender of its own, because a sender adds trailers to all of its
/// messages or to none. A message that is too long with a trailer moves without its trace.
/// </remarks>
/// <param name="channel">The name of the channel that the messages come from.</param>
/// <param name="path">The path of that channel.</param>
/// <param name="deadLetterPath">The name or path of the dead-letter channel.</param>
/// <param name="traces">Whether messages without a trace get one, of the time and the activity in which they move.</param>
/// <param name="logger">Takes what moves.</param>
internal sealed class DeadLetters(string channel, string path, string deadLetterPath, bool traces, ILogger logger) : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMilliseconds(100);

    private readonly Lock _gate = new();
    private RecordSender? _plain;
    private RecordSender? _tracing;

    /// <summary>How many messages it took.</summary>
    public long Count { get; private set; }

    /// <summary>
    /// Moves a message there, and releases it here. As long as the dead-letter channel is full, the message stays where it is.
    /// </summary>
    /// <exception cref="OperationCanceledException">The host stops; the message was not moved.</exception>
    public async ValueTask TakeAsync<TMessage>(IHeld<TMessage> message, Exception reason, CancellationToken cancellationToken)
    {
        RecordSender sender = SenderFor(message);
        bool wasFull = false;
        while (!Send(sender, message))
        {
            if (!wasFull)
            {
                HandlerLog.DeadLettersFull(logger, channel, sender.Path, message.Position);
                wasFull = true;
            }

            await Task.Delay(s_patience, cancellationToken).ConfigureAwait(false);
        }

        HandlerLog.DeadLettered(logger, reason, channel, message.Position, sender.Path);
        message.Release();
    }

    public void Dispose()
    {
        _plain?.Dispose();
        _tracing?.Dispose();
    }

    private RecordSender SenderFor<TMessage>(IHeld<TMessage> message)
    {
        lock (_gate)
        {
            if (traces || message.Trace is not null)
            {
                _tracing ??= Open(traces: true);
                if (message.Payload.Length <= _tracing.MaxMessageSize)
                {
                    return _tracing;
                }
            }

            return _plain ??= Open(traces: false);
        }
    }

    private RecordSender Open(bool traces) =>
        RecordSender.OpenOrCreate(deadLetterPath, IpcChannel.Inspect(path).Schema, OptionsLike(path) with { TraceMessages = traces });

    private bool Send<TMessage>(RecordSender sender, IHeld<TMessage> message)
    {
        bool sent = message.Trace is { } trace
            ? sender.TrySend(message.MessageId, message.SchemaVersion, message.Payload, trace)
            : sender.TrySend(message.MessageId, message.SchemaVersion, message.Payload);
        lock (_gate)
        {
            Count += sent ? 1 : 0;
        }

        return sent;
    }

    /// <summary>A dead-letter channel that does not exist yet gets the capacity of its source, so that any of its messages fits.</summary>
    private IpcChannelOptions OptionsLike(string source) => IpcChannel.Exists(deadLetterPath)
        ? new IpcChannelOptions()
        : new IpcChannelOptions { Capacity = IpcChannel.Inspect(source).Capacity };
}
