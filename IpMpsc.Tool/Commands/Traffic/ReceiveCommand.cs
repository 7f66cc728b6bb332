using System.CommandLine;
using IpMpsc.Tool.CommandLine;
using IpMpsc.Tool.Messages;
using IpMpsc.Tool.Output;
using IpMpsc.Tool.Printing;

namespace IpMpsc.Tool.Commands.Traffic;

/// <summary><c>ipmpsc receive</c>: receives messages and prints them.</summary>
internal sealed class ReceiveCommand : ToolCommand
{
    private readonly Argument<string> _name = ChannelName.Argument();
    private readonly Option<long?> _count = MessageOptions.Count("messages");
    private readonly Option<bool> _endWithSenders = MessageOptions.EndWithSenders();
    private readonly ShowOptions _show;

    public ReceiveCommand() : base(
        "receive",
        "Become the receiver of a channel and print its messages until Ctrl-C. This takes them out of the channel; see tap.",
        "ipmpsc receive quotes --json | jq .message")
    {
        Arguments.Add(_name);
        Options.Add(_count);
        Options.Add(_endWithSenders);
        _show = new ShowOptions(this, hasTime: true, filter: null);
    }

    protected override ExitCode Run(ParseResult arguments, Terminal terminal, CancellationToken cancellation)
    {
        using RecordReceiver receiver = ChannelName.Find(
            arguments.GetRequiredValue(_name), name => Participation.Receiver(name, arguments.GetValue(_endWithSenders)));
        MessageDecoder decoder = new(Path.GetFileName(receiver.Path), receiver.Schema);
        using MessagePrinter printer = _show.Printer(arguments, terminal, decoder);
        long left = arguments.GetValue(_count) ?? long.MaxValue;
        ReceiveLoop.Run(receiver, cancellation, (in record) =>
        {
            DecodedMessage message = decoder.Decode(record.Position, record.MessageId, record.SchemaVersion, record.Payload, DateTimeOffset.UtcNow, record.Trace);
            return printer.Print(in message) == Printed.Written
                ? --left > 0 ? Handled.AndGoOn : Handled.AndEnd
                : Handled.NotAtAll;
        });
        return ExitCode.Success;
    }
}
