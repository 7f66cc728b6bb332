using System.CommandLine;
using System.Diagnostics;
using IpMpsc.Tool.Captures;
using IpMpsc.Tool.CommandLine;
using IpMpsc.Tool.Output;

namespace IpMpsc.Tool.Commands.Traffic;

/// <summary><c>ipmpsc replay</c>: sends what was captured, at the pace at which it was received.</summary>
internal sealed class ReplayCommand : ToolCommand
{
    /// <summary>In seconds: longer than anybody waits, and within the range of a TimeSpan.</summary>
    private const double MaxWait = 1e9;

    private readonly Argument<string> _file = new("FILE") { Description = "A capture file." };
    private readonly Argument<string> _name = ChannelName.Argument("The channel, created if it does not exist");

    private readonly Option<double> _speed = new("--speed")
    {
        Description = "Speed relative to the recording; 0 sends without waiting.",
        HelpName = "X",
        DefaultValueFactory = static _ => 1,
    };

    public ReplayCommand() : base(
        "replay", "Send the messages of a capture file to a channel.", "ipmpsc replay morning.ipmpsc quotes --speed 10")
    {
        Arguments.Add(_file);
        Arguments.Add(_name);
        Options.Add(_speed);
        _speed.Validators.Add(static option =>
        {
            if (option.Tokens is [var token]
                && (!double.TryParse(token.Value, out double speed) || !(speed >= 0) || double.IsInfinity(speed)))
            {
                option.AddError($"'{token.Value}' for --speed must be 0 or a number above 0.");
            }
        });
    }

    protected override ExitCode Run(ParseResult arguments, Terminal terminal, CancellationToken cancellation)
    {
        using CaptureReader reader = CaptureReader.Open(arguments.GetRequiredValue(_file));
        using RecordSender sender = ChannelName.Find(
            arguments.GetRequiredValue(_name), name => Participation.SenderOf(name, reader.Header.Schema, reader.Header.Capacity));
        long start = Stopwatch.GetTimestamp();
        MessageTally tally = new();
        ProgressDisplay.Run(terminal, reader.Length, () => (reader.Position, $"{tally}"), () =>
        {
            try
            {
                Send(reader, sender, arguments.GetValue(_speed), tally, cancellation);
                return tally;
            }
            catch (OperationCanceledException)
            {
                throw new ToolException(ExitCode.Interrupted, $"Interrupted. Sent before: {tally}.", ("messages", tally.Messages));
            }
        });

        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        string incomplete = reader.IncompleteBytes == 0
            ? ""
            : "\nThe file ends within a message because its recording was cut short. " +
                $"The last {reader.IncompleteBytes:N0} bytes were skipped.";
        terminal.Done(
            new
            {
                channel = sender.Path,
                messages = tally.Messages,
                bytes = tally.Bytes,
                seconds,
                incompleteBytes = reader.IncompleteBytes,
            },
            $"Sent {tally} in {seconds:N1} s to {Terminal.Plain(sender.Path)}.{incomplete}");
        return ExitCode.Success;
    }

    private static void Send(CaptureReader reader, RecordSender sender, double speed, MessageTally tally, CancellationToken cancellation)
    {
        long start = Stopwatch.GetTimestamp();
        TimeSpan? first = null;
        while (reader.TryRead(out CaptureRecord record))
        {
            first ??= record.Time;
            if (speed > 0)
            {
                double seconds = (record.Time - first.Value).TotalSeconds / speed;
                Await(start, TimeSpan.FromSeconds(Math.Min(seconds, MaxWait)), cancellation);
            }

            try
            {
                sender.Send(record.MessageId, record.SchemaVersion, record.Payload.Span, cancellation);
            }
            catch (ArgumentException error)
            {
                throw new ToolException(ExitCode.BadData, error.Message);
            }

            tally.Add(record.Payload.Length);
        }
    }

    /// <summary>Sleeps until a time since the start, in steps that a wait handle accepts; waits of less than a millisecond are skipped.</summary>
    private static void Await(long start, TimeSpan due, CancellationToken cancellation)
    {
        TimeSpan part = TimeSpan.FromDays(1);
        while (due - Stopwatch.GetElapsedTime(start) is { TotalMilliseconds: >= 1 } wait)
        {
            cancellation.WaitHandle.WaitOne(wait < part ? wait : part);
            cancellation.ThrowIfCancellationRequested();
        }
    }
}
