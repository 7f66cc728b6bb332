using IpMpsc.Tool.CommandLine;

namespace IpMpsc.Tool.Captures;

/// <summary>Where the messages of each recorded channel are sent to.</summary>
internal sealed class ReplayTargets : IDisposable
{
    private readonly RecordSender?[] _senders;
    private readonly RecordSender?[] _tracing; // A sender adds traces to all of its messages or to none.

    /// <param name="channels">The recorded channels.</param>
    /// <param name="wanted">Names of those that are sent; empty for all.</param>
    /// <param name="target">The channel to send to; null for those of the recorded names.</param>
    /// <param name="traces">Whether messages with traces are sent with them.</param>
    /// <param name="access">Who else may open the channels that are created.</param>
    /// <exception cref="ToolException">No channel of that name was recorded, or one target is given for several channels.</exception>
    public ReplayTargets(IReadOnlyList<CapturedChannel> channels, IReadOnlyCollection<string> wanted, string? target, bool traces, ChannelSharing access)
    {
        foreach (string name in wanted.Where(name => channels.All(channel => channel.Name != name)))
        {
            string known = string.Join(", ", channels.Select(static channel => channel.Name));
            string? nearest = Nearest.To(name, channels.Select(static channel => channel.Name));
            throw new ToolException(ExitCode.NotFound, $"The file has no channel '{name}'; it has {known}.{Nearest.Hint(nearest)}", ("suggestion", nearest));
        }

        int[] chosen = [.. Enumerable.Range(0, channels.Count).Where(index => wanted.Count == 0 || wanted.Contains(channels[index].Name))];
        if (target is not null && chosen.Length > 1)
        {
            string known = string.Join(", ", chosen.Select(index => channels[index].Name));
            throw new ToolException(
                ExitCode.Usage, $"The file has the channels {known}. Choose one with --channel, or name no channel to send each to the channel of its name.");
        }

        _senders = new RecordSender?[channels.Count];
        _tracing = new RecordSender?[channels.Count];
        try
        {
            foreach (int index in chosen)
            {
                CapturedChannel channel = channels[index];
                _senders[index] = ChannelName.Find(target ?? channel.Name, name => Participation.SenderOf(name, channel.Schema, channel.Capacity, access));
                _tracing[index] = traces ? Participation.TracingSender(_senders[index]!.Path) : null;
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Paths of the channels that are sent to.</summary>
    public string[] Paths => [.. _senders.OfType<RecordSender>().Select(static sender => sender.Path)];

    /// <summary>Sends a message of a channel that is wanted.</summary>
    public void Send(in CaptureRecord record, CancellationToken cancellation)
    {
        if (record.Trace is { } trace && _tracing[record.Channel] is { } tracing)
        {
            // The time is that of this send: the one in the file may be of another machine, or of an earlier start of this one.
            tracing.Send(record.MessageId, record.SchemaVersion, record.Payload.Span, new MessageTrace(SentTimestamp: 0, trace.Context), cancellation);
        }
        else
        {
            _senders[record.Channel]!.Send(record.MessageId, record.SchemaVersion, record.Payload.Span, cancellation);
        }
    }

    /// <summary>Whether messages of a recorded channel are sent.</summary>
    public bool IsWanted(int channel) => _senders[channel] is not null;

    public void Dispose()
    {
        foreach (RecordSender? sender in _senders.Concat(_tracing))
        {
            sender?.Dispose();
        }
    }
}
