using IpMpsc.Tool.Measuring;
using IpMpsc.Tool.Tapping;

namespace IpMpsc.Tool.Commands.Traffic;

/// <summary><c>ipmpsc delay</c>: how long messages are in the ring.</summary>
internal sealed class DelayCommand() : MeasureCommand(
    "delay",
    "Measure the time from the commit of messages to their release, without taking part, until Ctrl-C. Their senders must set TraceMessages.",
    "ipmpsc delay quotes --interval 5")
{
    /// <summary>The messages of each channel that were read and not released yet.</summary>
    private readonly Dictionary<int, Queue<(PeekedMessage Message, Sample Sample)>> _waiting = [];

    protected override string Nothing => "no new messages that carry their time";

    protected override void OnMessage(TappedChannel channel, PeekedMessage message, Sample sample, SampleWindow window)
    {
        if (message.Trace is not null)
        {
            WaitingIn(channel).Enqueue((message, sample));
        }
    }

    protected override void OnTurn(TappedChannel channel, SampleWindow window)
    {
        long head = channel.ReadHead();
        Queue<(PeekedMessage Message, Sample Sample)> waiting = WaitingIn(channel);
        while (waiting.TryPeek(out (PeekedMessage Message, Sample Sample) first) && first.Message.Position < head)
        {
            waiting.Dequeue();
            window.Add(first.Sample with { Delay = first.Message.Trace!.Value.Age.TotalSeconds });
        }
    }

    protected override IMeasurement? Measure(string channel, IReadOnlyCollection<Sample> samples) => DelayReport.Of(channel, samples);

    private Queue<(PeekedMessage Message, Sample Sample)> WaitingIn(TappedChannel channel)
    {
        if (!_waiting.TryGetValue(channel.Index, out Queue<(PeekedMessage Message, Sample Sample)>? waiting))
        {
            _waiting[channel.Index] = waiting = [];
        }

        return waiting;
    }
}
