using System.CommandLine;
using IpMpsc.Tool.CommandLine;
using IpMpsc.Tool.Messages;
using IpMpsc.Tool.Output;

namespace IpMpsc.Tool.Commands;

/// <summary><c>ipmpsc tail</c>: receives messages and prints them.</summary>
internal sealed class TailCommand : ToolCommand
{
    private readonly Argument<string> _name = ChannelName.Argument();
    private readonly Option<bool> _hex = MessageOptions.Hex();
    private readonly Option<long?> _count = MessageOptions.Count("messages");
    private readonly Option<bool> _endWithSenders = MessageOptions.EndWithSenders();

    public TailCommand() : base(
        "tail",
        "Become the receiver of a channel and print its messages until Ctrl-C. This consumes them.",
        "ipmpsc tail quotes --json | jq .message")
    {
        Arguments.Add(_name);
        Options.Add(_hex);
        Options.Add(_count);
        Options.Add(_endWithSenders);
    }

    protected override ExitCode Run(ParseResult arguments, Terminal terminal, CancellationToken cancellation)
    {
        using RecordReceiver receiver = ChannelName.Find(
            arguments.GetRequiredValue(_name), name => Participation.Receiver(name, arguments.GetValue(_endWithSenders)));
        MessageWriter writer = new(receiver.Schema, MessageOptions.StyleOf(terminal, arguments.GetValue(_hex)));
        long left = arguments.GetValue(_count) ?? long.MaxValue;
        using MessageOutput output = new();
        ReceiveLoop.Run(receiver, cancellation, (in ReceivedRecord record) =>
            output.TryWrite(writer.Write(record.Position, record.MessageId, record.SchemaVersion, record.Payload))
                ? --left > 0 ? Handled.AndGoOn : Handled.AndEnd
                : Handled.NotAtAll);
        return ExitCode.Success;
    }
}
