using Microsoft.Extensions.Logging;

namespace IpMpsc.Extensions.Hosting.Handling;

/// <summary>
/// The channel for messages that could not be handled. It is opened when the first one comes, and has the schema
/// of the channel that they come from.
/// </summary>
internal sealed class DeadLetters(string channel, string path, string deadLetterPath, ILogger logger) : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMilliseconds(100);

    private readonly Lock _gate = new();
    private RecordSender? _sender;

    /// <summary>How many messages it took.</summary>
    public long Count { get; private set; }

    /// <summary>
    /// Moves a message there, and releases it here. As long as the dead-letter channel is full, the message stays where it is.
    /// </summary>
    /// <exception cref="OperationCanceledException">The host stops; the message was not moved.</exception>
    public async ValueTask TakeAsync<TMessage>(IHeld<TMessage> message, Exception reason, CancellationToken cancellationToken)
    {
        RecordSender sender = Open();
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

    public void Dispose() => _sender?.Dispose();

    private RecordSender Open()
    {
        lock (_gate)
        {
            return _sender ??= RecordSender.OpenOrCreate(deadLetterPath, IpcChannel.Inspect(path).Schema, OptionsLike(path));
        }
    }

    private bool Send<TMessage>(RecordSender sender, IHeld<TMessage> message)
    {
        bool sent = sender.TrySend(message.MessageId, message.SchemaVersion, message.Payload);
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
