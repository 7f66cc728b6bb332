using System.CommandLine;
using IpMpsc.Tool.CommandLine;
using IpMpsc.Tool.Messages;
using IpMpsc.Tool.Output;

namespace IpMpsc.Tool.Commands;

/// <summary><c>ipmpsc tap</c>: every message as it passes.</summary>
internal sealed class TapCommand : ToolCommand
{
    private readonly Argument<string> _name = ChannelName.Argument();
    private readonly Option<bool> _hex = MessageOptions.Hex();
    private readonly Option<long?> _count = MessageOptions.Count("messages");

    public TapCommand() : base(
        "tap",
        "Show every message as it passes, until Ctrl-C, without taking part. The receiver gets them all the same.",
        "ipmpsc tap quotes --json | jq .message")
    {
        Arguments.Add(_name);
        Options.Add(_hex);
        Options.Add(_count);
    }

    protected override ExitCode Run(ParseResult arguments, Terminal terminal, CancellationToken cancellation)
    {
        using ChannelObserver observer = ChannelName.Find(arguments.GetRequiredValue(_name), ChannelObserver.Open);
        MessageWriter writer = new(observer.Inspect().Schema, MessageOptions.StyleOf(terminal, arguments.GetValue(_hex)));
        ChannelTap tap = observer.OpenTap();
        long left = arguments.GetValue(_count) ?? long.MaxValue;
        long missed = 0;
        using MessageOutput output = new();
        try
        {
            foreach (PeekedMessage message in tap.ReadAll(cancellation))
            {
                if (tap.MissedMessages > missed)
                {
                    Missing.Report(terminal, "missed: the senders were faster", tap.MissedMessages - missed, message.Position);
                    missed = tap.MissedMessages;
                }

                bool written = output.TryWrite(
                    writer.Write(message.Position, message.MessageId, message.SchemaVersion, message.Payload.Span));
                if (!written || --left == 0)
                {
                    break;
                }
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Ctrl-C is how somebody says that it is enough.
        }

        return ExitCode.Success;
    }
}
