using System.CommandLine;
using System.Diagnostics;
using System.Text;
using IpMpsc.Tool.CommandLine;
using IpMpsc.Tool.Filters;
using IpMpsc.Tool.Measuring;
using IpMpsc.Tool.Output;
using IpMpsc.Tool.Printing;
using IpMpsc.Tool.Tapping;

namespace IpMpsc.Tool.Commands.Traffic;

/// <summary>A command that measures the messages of channels as they pass, and writes a line for each channel from time to time.</summary>
internal abstract class MeasureCommand : ToolCommand
{
    private readonly Argument<string[]> _names = ChannelName.Arguments("Several are measured side by side.", ArgumentArity.OneOrMore);

    private readonly Option<double> _interval = new("--interval")
    {
        Description = "Seconds between two lines.",
        HelpName = "SECONDS",
        DefaultValueFactory = static _ => 1,
        Validators = { MessageOptions.RequirePositive },
    };

    private readonly Option<int> _window = new("--window", "-w")
    {
        Description = "Compute from the last N messages.",
        HelpName = "N",
        DefaultValueFactory = static _ => 10_000,
        Validators = { MessageOptions.RequirePositive },
    };

    private readonly Option<long?> _count = MessageOptions.Count("lines");
    private readonly FilterOptions _filter;

    protected MeasureCommand(string name, string description, string example) : base(name, description, example)
    {
        Arguments.Add(_names);
        Options.Add(_interval);
        Options.Add(_window);
        Options.Add(_count);
        _filter = new FilterOptions(this);
    }

    /// <summary>Computes what is measured; null if there is too little for that.</summary>
    protected abstract IMeasurement? Measure(string channel, IReadOnlyCollection<Sample> samples);

    /// <summary>What a line says if there is nothing to measure.</summary>
    protected virtual string Nothing => "no new messages";

    /// <summary>Takes a message that passed.</summary>
    protected virtual void OnMessage(TappedChannel channel, PeekedMessage message, Sample sample, SampleWindow window) => window.Add(sample);

    /// <summary>Called for each channel between messages, at least once in a few milliseconds.</summary>
    protected virtual void OnTurn(TappedChannel channel, SampleWindow window)
    {
    }

    protected override ExitCode Run(ParseResult arguments, Terminal terminal, CancellationToken cancellation)
    {
        using TapLoop loop = new(arguments.GetRequiredValue(_names));
        MessageFilter filter = _filter.Of(arguments, [.. loop.Channels.Select(static channel => channel.Decoder)]);
        SampleWindow[] windows = [.. loop.Channels.Select(_ => new SampleWindow(arguments.GetValue(_window)))];
        TimeSpan interval = TimeSpan.FromSeconds(Math.Min(arguments.GetValue(_interval), TimeSpan.SecondsPerDay));
        long left = arguments.GetValue(_count) ?? long.MaxValue;
        long start = Stopwatch.GetTimestamp();
        long reported = start;
        using MessageOutput output = new();
        loop.Run(
            cancellation,
            (channel, message, missed) =>
            {
                if (filter.Matches(channel.Decoder, message))
                {
                    Sample sample = new(Stopwatch.GetElapsedTime(start).TotalSeconds, message.Payload.Length, filter.IsEmpty ? missed : 0);
                    OnMessage(channel, message, sample, windows[channel.Index]);
                }

                return true;
            },
            () =>
            {
                foreach (TappedChannel channel in loop.Channels)
                {
                    OnTurn(channel, windows[channel.Index]);
                }

                if (Stopwatch.GetElapsedTime(reported) < interval)
                {
                    return true;
                }

                reported = Stopwatch.GetTimestamp();
                return loop.Channels.All(channel => output.TryWrite(Line(terminal, channel, windows, loop.Channels.Count > 1))) && --left > 0;
            });
        return ExitCode.Success;
    }

    private byte[] Line(Terminal terminal, TappedChannel channel, SampleWindow[] windows, bool showsChannel)
    {
        SampleWindow window = windows[channel.Index];
        IMeasurement? measurement = window.IsNew ? Measure(channel.Info.Name, window.Samples) : null;
        window.MarkReported();
        string line = terminal.IsJson
            ? JsonText.Of(measurement ?? (object)new { channel = channel.Info.Name, window = 0 })
            : (showsChannel ? $"{Terminal.Clean(channel.Info.Name)}: " : "") + (measurement?.Text ?? Nothing);
        return Encoding.UTF8.GetBytes($"{line}\n");
    }
}
