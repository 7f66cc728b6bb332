using System.CommandLine;
using IpMpsc.Tool.CommandLine;
using IpMpsc.Tool.Messages;
using IpMpsc.Tool.Output;
using IpMpsc.Tool.Printing;
using IpMpsc.Tool.Tapping;

namespace IpMpsc.Tool.Commands.Traffic;

/// <summary><c>ipmpsc tap</c>: every message as it passes.</summary>
internal sealed class TapCommand : ToolCommand
{
    private readonly Argument<string[]> _names = ChannelName.Arguments("Several are shown together.", ArgumentArity.OneOrMore);
    private readonly Option<long?> _count = MessageOptions.Count("messages");
    private readonly ShowOptions _show;

    public TapCommand() : base(
        "tap",
        "Show every message as it passes, until Ctrl-C, without taking part. The receiver still receives them.",
        "ipmpsc tap quotes --where 'Bid > 100' --json | jq .message")
    {
        Arguments.Add(_names);
        Options.Add(_count);
        _show = new ShowOptions(this, hasTime: true, new FilterOptions(this));
    }

    protected override ExitCode Run(ParseResult arguments, Terminal terminal, CancellationToken cancellation)
    {
        using TapLoop loop = new(arguments.GetRequiredValue(_names));
        using MessagePrinter printer = _show.Printer(arguments, terminal, [.. loop.Channels.Select(static channel => channel.Decoder)]);
        long left = arguments.GetValue(_count) ?? long.MaxValue;
        loop.Run(cancellation, (channel, message, missed) =>
        {
            Missing.ReportTap(terminal, missed, message.Position);
            DecodedMessage decoded = channel.Decoder.Decode(message, DateTimeOffset.UtcNow);
            return printer.Print(in decoded, ref left);
        });
        return ExitCode.Success;
    }
}
