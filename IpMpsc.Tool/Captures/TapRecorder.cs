using IpMpsc.Tool.Filters;
using IpMpsc.Tool.Messages;
using IpMpsc.Tool.Tapping;

namespace IpMpsc.Tool.Captures;

/// <summary>Records messages as they pass.</summary>
internal sealed class TapRecorder : IRecorder
{
    private readonly TapLoop _loop;
    private readonly MessageFilter _filter;

    public TapRecorder(IEnumerable<string> names, Func<IReadOnlyCollection<MessageDecoder>, MessageFilter> filter)
    {
        _loop = new TapLoop(names);
        try
        {
            _filter = filter([.. _loop.Channels.Select(static channel => channel.Decoder)]);
        }
        catch
        {
            _loop.Dispose();
            throw;
        }

        Channels = [.. _loop.Channels.Select(static channel => CapturedChannel.Of(channel.Info))];
    }

    public IReadOnlyList<CapturedChannel> Channels { get; }

    public void Run(Recording recording, long limit, CancellationToken cancellation)
    {
        long[] missed = new long[Channels.Count];
        _loop.Run(cancellation, (channel, message, missedNow) =>
        {
            missed[channel.Index] += missedNow;
            if (!_filter.Matches(channel.Decoder, message))
            {
                return true;
            }

            recording.TryWrite(channel.Index, missed[channel.Index], message.Position, message.MessageId, message.SchemaVersion, message.Trace, message.Payload.Span, limit);
            missed[channel.Index] = 0;
            return recording.Tally.Messages < limit;
        });
    }

    public void Dispose() => _loop.Dispose();
}
