using System.CommandLine;
using IpMpsc.Tool.CommandLine;
using IpMpsc.Tool.Messages;
using IpMpsc.Tool.Output;
using IpMpsc.Tool.Reports;

namespace IpMpsc.Tool.Commands;

/// <summary><c>ipmpsc peek</c>: the waiting messages, without consuming them.</summary>
internal sealed class PeekCommand : ToolCommand
{
    private readonly Argument<string> _name = ChannelName.Argument();

    private readonly Option<int> _count = new("-n", "--count")
    {
        Description = "Show at most this many messages.",
        HelpName = "N",
        DefaultValueFactory = static _ => 10,
        Validators = { MessageOptions.RequirePositive },
    };

    private readonly Option<bool> _hex = MessageOptions.Hex();

    public PeekCommand() : base(
        "peek", "Decode the messages that wait in a channel and leave them there.", "ipmpsc peek quotes -n 3 --json")
    {
        Arguments.Add(_name);
        Options.Add(_count);
        Options.Add(_hex);
    }

    protected override ExitCode Run(ParseResult arguments, Terminal terminal, CancellationToken cancellation)
    {
        using ChannelObserver observer = ChannelName.Find(arguments.GetRequiredValue(_name), ChannelObserver.Open);
        MessageWriter writer = new(observer.Inspect().Schema, MessageOptions.StyleOf(terminal, arguments.GetValue(_hex)));
        ChannelPeek peek = observer.Peek(arguments.GetValue(_count));
        using (MessageOutput output = new())
        {
            foreach (PeekedMessage message in peek.Messages)
            {
                if (!output.TryWrite(writer.Write(message.Position, message.MessageId, message.SchemaVersion, message.Payload.Span)))
                {
                    return ExitCode.Success;
                }
            }
        }

        return peek.CorruptPosition is { } position
            ? throw new ToolException(
                ExitCode.Corrupt, $"{HeadInWords.Corrupt(position)} Messages behind it cannot be shown.", ("position", position))
            : ExitCode.Success;
    }
}
