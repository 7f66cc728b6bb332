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

    private readonly Argument<string> _file = new("FILE") { Description = "A capture file. For a recording in parts: the first part to send." };

    private readonly Argument<string?> _name = ChannelName.Optional(
        "The channel to send to, created if it does not exist. Without it, each recorded channel goes to the channel of its own name");

    private readonly Option<double> _speed = new("--speed")
    {
        Description = "Speed relative to the recording; 0 sends without waiting.",
        HelpName = "X",
        DefaultValueFactory = static _ => 1,
    };

    private readonly Option<string[]> _channels = new("--channel")
    {
        Description = "Send only the messages of this channel of the recording. Can be repeated.",
        HelpName = "NAME",
    };

    private readonly Option<int> _loop = new("--loop")
    {
        Description = "Send everything this many times; 0 repeats until Ctrl-C.",
        HelpName = "N",
        DefaultValueFactory = static _ => 1,
    };

    private readonly Option<bool> _traces = new("--traces")
    {
        Description = "Send messages with the trace contexts that they were recorded with.",
    };

    private readonly Option<ChannelSharing> _access = new("--access")
    {
        Description = "Who else may open the channels that are created: Group:NAME, or Observers:NAME only to look.",
        HelpName = "ACCESS",
        CustomParser = static result =>
        {
            if (!ChannelSharing.TryParse(result.Tokens[0].Value, null, out ChannelSharing? access))
            {
                result.AddError($"'{result.Tokens[0].Value}' for --access must be OwnerOnly, Group:NAME or Observers:NAME.");
            }

            return access;
        },
    };

    public ReplayCommand() : base(
        "replay", "Send the messages of a capture file to channels.", "ipmpsc replay morning.ipmpsc quotes --speed 10")
    {
        Arguments.Add(_file);
        Arguments.Add(_name);
        Options.Add(_speed);
        Options.Add(_channels);
        Options.Add(_loop);
        Options.Add(_traces);
        Options.Add(_access);
        _speed.Validators.Add(static option =>
        {
            if (option.Tokens is [var token]
                && (!double.TryParse(token.Value, out double speed) || !(speed >= 0) || double.IsInfinity(speed)))
            {
                option.AddError($"'{token.Value}' for --speed must be 0 or a number above 0.");
            }
        });
        _loop.Validators.Add(static option =>
        {
            if (option.Tokens is [var token] && (!int.TryParse(token.Value, out int times) || times < 0))
            {
                option.AddError($"'{token.Value}' for --loop must be 0 or a whole number above 0.");
            }
        });
    }

    protected override ExitCode Run(ParseResult arguments, Terminal terminal, CancellationToken cancellation)
    {
        string file = arguments.GetRequiredValue(_file);
        int times = arguments.GetValue(_loop);
        double speed = arguments.GetValue(_speed);
        CaptureSequence capture = CaptureSequence.Open(file);
        try
        {
            using ReplayTargets targets = new(
                capture.Header.Channels, arguments.GetValue(_channels) ?? [], arguments.GetValue(_name), arguments.GetValue(_traces), arguments.GetValue(_access) ?? ChannelSharing.OwnerOnly);
            long start = Stopwatch.GetTimestamp();
            MessageTally tally = new();
            long before = 0;
            long? total = times == 0 ? null : capture.Length * times;
            long incomplete = ProgressDisplay.Run(terminal, total, () => (before + capture.Position, $"{tally}"), () =>
            {
                try
                {
                    Send(capture, targets, speed, tally, cancellation);
                    for (int time = 1; times == 0 || time < times; time++)
                    {
                        before += capture.Length;
                        capture.Dispose();
                        capture = CaptureSequence.Open(file);
                        cancellation.ThrowIfCancellationRequested();
                        Send(capture, targets, speed, tally, cancellation);
                    }

                    return capture.IncompleteBytes;
                }
                catch (OperationCanceledException) when (times != 0)
                {
                    throw new ToolException(ExitCode.Interrupted, $"Interrupted. Sent before: {tally}.", ("messages", tally.Messages));
                }
                catch (OperationCanceledException)
                {
                    return capture.IncompleteBytes; // Ctrl-C is the only end of an endless replay.
                }
            });
            Report(terminal, targets, tally, Stopwatch.GetElapsedTime(start), incomplete);
        }
        finally
        {
            capture.Dispose();
        }

        return ExitCode.Success;
    }

    private static void Report(Terminal terminal, ReplayTargets targets, MessageTally tally, TimeSpan time, long incompleteBytes)
    {
        string incomplete = incompleteBytes == 0
            ? ""
            : "\nThe file ends within a message because its recording was cut short. " +
                $"The last {incompleteBytes:N0} bytes were skipped.";
        terminal.Done(
            new
            {
                channels = targets.Paths,
                messages = tally.Messages,
                bytes = tally.Bytes,
                seconds = time.TotalSeconds,
                incompleteBytes,
            },
            $"Sent {tally} in {time.TotalSeconds:N1} s to {Terminal.Plain(string.Join(", ", targets.Paths))}.{incomplete}");
    }

    private static void Send(CaptureSequence capture, ReplayTargets targets, double speed, MessageTally tally, CancellationToken cancellation)
    {
        long start = Stopwatch.GetTimestamp();
        TimeSpan? first = null;
        while (capture.TryRead(out CaptureRecord record))
        {
            if (!targets.IsWanted(record.Channel))
            {
                continue;
            }

            first ??= record.Time;
            if (speed > 0)
            {
                double seconds = (record.Time - first.Value).TotalSeconds / speed;
                Await(start, TimeSpan.FromSeconds(Math.Min(seconds, MaxWait)), cancellation);
            }

            try
            {
                targets.Send(record, cancellation);
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
