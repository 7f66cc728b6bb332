using System.CommandLine;
using IpMpsc.Tool.Captures;
using IpMpsc.Tool.CommandLine;
using IpMpsc.Tool.Output;

namespace IpMpsc.Tool.Commands.Traffic;

/// <summary><c>ipmpsc record</c>: keeps messages in a file.</summary>
internal sealed class RecordCommand : ToolCommand
{
    private readonly Argument<string[]> _words = ChannelName.Prepare(new Argument<string[]>("NAMES FILE")
    {
        Description = "One or more channels, then the capture file to create.",
        Arity = new ArgumentArity(2, CaptureFormat.MaxChannels + 1),
    });

    private readonly Option<bool> _tap = new("--tap") { Description = "Record the messages as they pass; the receiver still receives them." };
    private readonly Option<long?> _count = MessageOptions.Count("messages");
    private readonly Option<bool> _endWithSenders = MessageOptions.EndWithSenders();
    private readonly Option<long?> _rotateSize = Quantities.Size("--rotate-size", "Start a new file after this many bytes: FILE-0001, FILE-0002 and so on.");
    private readonly Option<TimeSpan?> _rotateTime = Quantities.Time("--rotate-time", "Start a new file after this time.");

    private readonly Option<int?> _keep = new("--keep")
    {
        Description = "With rotation: keep only the newest N files.",
        HelpName = "N",
        Validators = { MessageOptions.RequirePositive },
    };

    private readonly Option<bool> _force = new("--force") { Description = "Replace an existing file." };
    private readonly FilterOptions _filter;

    public RecordCommand() : base(
        "record",
        "Write the messages of channels to a file until Ctrl-C: as their receiver, which takes them, or with --tap as they pass.",
        "ipmpsc record --tap quotes trades day.ipmpsc --rotate-size 500MB --keep 10")
    {
        Arguments.Add(_words);
        Options.Add(_tap);
        Options.Add(_count);
        Options.Add(_endWithSenders);
        Options.Add(_rotateSize);
        Options.Add(_rotateTime);
        Options.Add(_keep);
        Options.Add(_force);
        _filter = new FilterOptions(this);
        Validators.Add(result =>
        {
            if (result.GetValue(_tap) && result.GetValue(_endWithSenders))
            {
                result.AddError("--end-with-senders is for a receiver, and --tap takes no part.");
            }

            if (result.GetValue(_keep) is not null && result.GetResult(_rotateSize) is null && result.GetResult(_rotateTime) is null)
            {
                result.AddError("--keep needs --rotate-size or --rotate-time.");
            }
        });
    }

    protected override ExitCode Run(ParseResult arguments, Terminal terminal, CancellationToken cancellation)
    {
        string[] words = arguments.GetRequiredValue(_words);
        if (!arguments.GetValue(_tap) && _filter.IsUsed(arguments))
        {
            throw new ToolException(ExitCode.Usage, "--type and --where need --tap: a receiver would take the other messages and lose them.");
        }

        using IRecorder recorder = arguments.GetValue(_tap)
            ? new TapRecorder(words[..^1], decoders => _filter.Of(arguments, decoders))
            : new ReceivingRecorder(words[..^1], arguments.GetValue(_endWithSenders));
        Rotation rotation = new(arguments.GetValue(_rotateSize), arguments.GetValue(_rotateTime), arguments.GetValue(_keep));
        using Recording recording = new(words[^1], recorder.Channels, rotation, arguments.GetValue(_force));
        long? count = arguments.GetValue(_count);
        ProgressDisplay.Run(terminal, count, () => (recording.Tally.Messages, $"{recording.Tally}"), () =>
        {
            recorder.Run(recording, count ?? long.MaxValue, cancellation);
            return true;
        });
        Report(terminal, words[^1], recording, recorder.Channels);
        return ExitCode.Success;
    }

    private static void Report(Terminal terminal, string file, Recording recording, IReadOnlyList<CapturedChannel> channels)
    {
        double seconds = recording.Elapsed.TotalSeconds;
        long missed = channels.Select((_, index) => recording.MissedOf(index)).Sum();
        string files = recording.Files == 1 ? Terminal.Plain(recording.CurrentFile) : $"{recording.Files:N0} files, the last one {Terminal.Plain(recording.CurrentFile)}";
        string missing = missed == 0 ? "" : $"\n{Format.Messages(missed)} missed: the senders were faster.";
        terminal.Done(
            new
            {
                file = Path.GetFullPath(recording.CurrentFile),
                files = recording.Files,
                messages = recording.Tally.Messages,
                bytes = recording.Tally.Bytes,
                missed,
                seconds,
                channels = channels.Select((channel, index) => new { name = channel.Name, messages = recording.MessagesOf(index), missed = recording.MissedOf(index) }),
            },
            $"Recorded {recording.Tally} in {seconds:N1} s to {files}.{missing}");
    }
}
