using System.Diagnostics.Metrics;
using IpMpsc.Segments;
using IpMpsc.Telemetry;

namespace IpMpsc.Judging;

/// <summary>
/// The gauge <c>ipmpsc.verdict</c> of the meter: the verdicts about each channel that this process has open. It looks when a listener asks, so it costs
/// nothing without one; a verdict that needs two looks is there at the second one.
/// </summary>
internal static class VerdictMeter
{
    private static readonly Lock s_gate = new();
    private static readonly Dictionary<string, Watched> s_channels = [];

    static VerdictMeter() => ChannelMeter.Instruments.CreateObservableGauge(
        "ipmpsc.verdict",
        Observe,
        description: "0: no. 1: yes, and harmless. 2: yes, and it needs attention. 3: yes, and the channel is blocked.");

    /// <summary>Begins to report a channel that this process has opened.</summary>
    /// <param name="path">The path of the channel.</param>
    /// <param name="owners">Whose channels the process trusts; null for its own user.</param>
    public static void Add(string path, IReadOnlyList<ChannelOwner>? owners)
    {
        lock (s_gate)
        {
            s_channels.TryAdd(path, new Watched(path, owners));
        }
    }

    private static List<Measurement<int>> Observe()
    {
        List<Measurement<int>> measured = [];
        lock (s_gate)
        {
            foreach ((string path, Watched channel) in s_channels)
            {
                if (channel.TryLook() is not { } verdicts)
                {
                    s_channels.Remove(path);
                    continue;
                }

                foreach (ChannelVerdictKind kind in Enum.GetValues<ChannelVerdictKind>())
                {
                    int value = verdicts.FirstOrDefault(verdict => verdict.Kind == kind) is { } verdict ? 1 + (int)verdict.Severity : 0;
                    measured.Add(new Measurement<int>(value, new("channel", path), new("verdict", kind.ToString())));
                }
            }
        }

        return measured;
    }

    private sealed class Watched(string path, IReadOnlyList<ChannelOwner>? owners)
    {
        private ChannelJudge? _judge;

        /// <summary>Null if this process does not have the channel open any more. Nothing is kept open between two looks.</summary>
        public IReadOnlyList<ChannelVerdict>? TryLook()
        {
            try
            {
                ChannelInfo channel = IpcChannel.Inspect(path, owners ?? [ChannelOwner.Self]);
                return Attachment.IsOpenHere(channel.Id) ? (_judge ??= new ChannelJudge()).Judge(channel, DateTimeOffset.UtcNow) : null;
            }
            catch (ChannelException)
            {
                return null;
            }
        }
    }
}
