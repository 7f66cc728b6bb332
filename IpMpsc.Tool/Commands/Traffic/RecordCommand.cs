using System.CommandLine;
using System.Diagnostics;
using IpMpsc.Tool.Captures;
using IpMpsc.Tool.CommandLine;
using IpMpsc.Tool.Messages;
using IpMpsc.Tool.Output;

namespace IpMpsc.Tool.Commands.Traffic;

/// <summary><c>ipmpsc record</c>: receives into a file.</summary>
internal sealed class RecordCommand : ToolCommand
{
    private readonly Argument<string> _name = ChannelName.Argument();
    private readonly Argument<string> _file = new("FILE") { Description = "The capture file to create." };
    private readonly Option<long?> _count = MessageOptions.Count("messages");
    private readonly Option<bool> _endWithSenders = MessageOptions.EndWithSenders();
    private readonly Option<bool> _force = new("--force") { Description = "Replace an existing file." };

    public RecordCommand() : base(
        "record",
        "Become the receiver of a channel and write its messages to a file until Ctrl-C. This consumes them.",
        "ipmpsc record quotes morning.ipmpsc")
    {
        Arguments.Add(_name);
        Arguments.Add(_file);
        Options.Add(_count);
        Options.Add(_endWithSenders);
        Options.Add(_force);
    }

    protected override ExitCode Run(ParseResult arguments, Terminal terminal, CancellationToken cancellation)
    {
        string file = arguments.GetRequiredValue(_file);
        using RecordReceiver receiver = ChannelName.Find(
            arguments.GetRequiredValue(_name), name => Participation.Receiver(name, arguments.GetValue(_endWithSenders)));
        ChannelInfo channel = IpcChannel.Inspect(receiver.Path);
        CaptureHeader header = new(DateTimeOffset.UtcNow, channel.Name, channel.Id, channel.Capacity, channel.Schema);
        long start = Stopwatch.GetTimestamp();
        using CaptureWriter writer = CaptureWriter.Create(file, header, arguments.GetValue(_force));
        long? count = arguments.GetValue(_count);
        MessageTally tally = new();
        ProgressDisplay.Run(terminal, count, () => (tally.Messages, $"{tally}"), () =>
        {
            ReceiveLoop.Run(receiver, cancellation, (in ReceivedRecord record) =>
            {
                writer.Write(Stopwatch.GetElapsedTime(start), record.Position, record.MessageId, record.SchemaVersion, record.Payload);
                tally.Add(record.Payload.Length);
                return tally.Messages < (count ?? long.MaxValue) ? Handled.AndGoOn : Handled.AndEnd;
            });
            return tally;
        });

        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        terminal.Done(
            new { file = Path.GetFullPath(file), messages = tally.Messages, bytes = tally.Bytes, seconds },
            $"Recorded {tally} in {seconds:N1} s to {Terminal.Plain(file)}.");
        return ExitCode.Success;
    }
}
