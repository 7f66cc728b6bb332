using System.CommandLine;
using IpMpsc.Tool.CommandLine;
using IpMpsc.Tool.Messages;
using IpMpsc.Tool.Output;

namespace IpMpsc.Tool.Commands;

/// <summary><c>ipmpsc history</c>: the messages that were received already.</summary>
internal sealed class HistoryCommand : ToolCommand
{
    /// <summary>How often <c>--follow</c> looks again.</summary>
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(50);

    private readonly Argument<string> _name = ChannelName.Argument();
    private readonly Option<bool> _hex = MessageOptions.Hex();

    private readonly Option<int?> _count = new("-n", "--count")
    {
        Description = "Show only the last N messages.",
        HelpName = "N",
        Validators = { MessageOptions.RequirePositive },
    };

    private readonly Option<long?> _since = new("--since")
    {
        Description = "Show only messages from this position on.",
        HelpName = "POSITION",
    };

    private readonly Option<bool> _follow = new("-f", "--follow")
    {
        Description = "Go on with what is received from now on, until Ctrl-C.",
    };

    public HistoryCommand() : base(
        "history",
        "Show the messages that were received already and are not overwritten yet. Also reads the copy of a channel's file.",
        "ipmpsc history quotes -n 20 --json")
    {
        Arguments.Add(_name);
        Options.Add(_count);
        Options.Add(_since);
        Options.Add(_follow);
        Options.Add(_hex);
    }

    protected override ExitCode Run(ParseResult arguments, Terminal terminal, CancellationToken cancellation)
    {
        using ChannelObserver observer = ChannelName.Find(arguments.GetRequiredValue(_name), ChannelObserver.Open);
        MessageWriter writer = new(observer.Inspect().Schema, MessageOptions.StyleOf(terminal, arguments.GetValue(_hex)));
        using MessageOutput output = new();
        long since = Math.Max(0, arguments.GetValue(_since) ?? 0);
        ChannelHistory history = observer.ReadHistory(
            HistoryOrder.NewestFirst, arguments.GetValue(_count) ?? int.MaxValue, since);
        if (history.OverwrittenMessages > 0 && since < history.OldestPosition)
        {
            Missing.Report(terminal, "overwritten", history.OverwrittenMessages, history.OldestPosition);
        }

        bool goesOn = history.Messages.Reverse().All(Write);
        while (goesOn && arguments.GetValue(_follow) && !cancellation.WaitHandle.WaitOne(s_pause))
        {
            long expected = history.HeadPosition;
            history = observer.ReadHistory(since: expected);
            if (history.OldestPosition > expected)
            {
                Missing.Report(terminal, "overwritten before they could be read", null, history.OldestPosition);
            }

            goesOn = history.Messages.All(Write);
        }

        return ExitCode.Success;

        bool Write(PeekedMessage message) =>
            output.TryWrite(writer.Write(message.Position, message.MessageId, message.SchemaVersion, message.Payload.Span));
    }
}
