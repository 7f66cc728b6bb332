using System.CommandLine;
using IpMpsc.Judging;
using IpMpsc.Tool.CommandLine;
using IpMpsc.Tool.Messages;
using IpMpsc.Tool.Output;
using IpMpsc.Tool.Printing;
using IpMpsc.Tool.Tapping;

namespace IpMpsc.Tool.Commands.Traffic;

/// <summary><c>ipmpsc peek</c>: the waiting messages, without consuming them.</summary>
internal sealed class PeekCommand : ToolCommand
{
    /// <summary>How many messages are shown if nothing is said.</summary>
    private const int UsualCount = 10;

    private readonly Argument<string> _name = ChannelName.Argument();

    private readonly Option<int?> _count = new("-n", "--count")
    {
        Description = $"Show at most this many messages; {UsualCount} if nothing is said, without --follow.",
        HelpName = "N",
        Validators = { MessageOptions.RequirePositive },
    };

    private readonly Option<bool> _follow = new("-f", "--follow")
    {
        Description = "Continue with the messages that are sent from now on, until Ctrl-C.",
    };

    private readonly ShowOptions _show;

    public PeekCommand() : base(
        "peek", "Decode the messages that wait in a channel and leave them there.", "ipmpsc peek quotes -n 3 --json")
    {
        Arguments.Add(_name);
        Options.Add(_count);
        Options.Add(_follow);
        _show = new ShowOptions(this, hasTime: false, new FilterOptions(this));
    }

    protected override ExitCode Run(ParseResult arguments, Terminal terminal, CancellationToken cancellation)
    {
        bool follows = arguments.GetValue(_follow);
        long left = arguments.GetValue(_count) ?? (follows ? long.MaxValue : UsualCount);
        using TapLoop loop = new([arguments.GetRequiredValue(_name)]);
        TappedChannel channel = loop.Channels[0];
        using MessagePrinter printer = _show.Printer(arguments, terminal, channel.Decoder);
        ChannelPeek peek = channel.Observer.Peek();
        long next = channel.Info.NextPosition;
        foreach (PeekedMessage message in peek.Messages)
        {
            next = message.Position + 1;
            if (!Show(message))
            {
                return ExitCode.Success;
            }
        }

        if (peek.CorruptPosition is { } position)
        {
            throw new ToolException(
                ExitCode.Corrupt, $"{HeadInWords.Corrupt(position)} Messages behind it cannot be shown.", ("position", position));
        }

        if (follows)
        {
            // The tap was opened before the messages were copied, so it also reads what was shown already.
            loop.Run(cancellation, (_, message, missed) =>
            {
                Missing.ReportTap(terminal, missed, message.Position);
                return message.Position < next || Show(message);
            });
        }

        return ExitCode.Success;

        bool Show(PeekedMessage message)
        {
            DecodedMessage decoded = channel.Decoder.Decode(message);
            return printer.Print(in decoded, ref left);
        }
    }
}
