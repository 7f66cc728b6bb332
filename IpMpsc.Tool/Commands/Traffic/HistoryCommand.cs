using System.CommandLine;
using IpMpsc.Tool.CommandLine;
using IpMpsc.Tool.Messages;
using IpMpsc.Tool.Output;
using IpMpsc.Tool.Printing;

namespace IpMpsc.Tool.Commands.Traffic;

/// <summary><c>ipmpsc history</c>: the messages that were received already.</summary>
internal sealed class HistoryCommand : ToolCommand
{
    /// <summary>How often <c>--follow</c> looks again.</summary>
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(50);

    private readonly Argument<string> _name = ChannelName.Argument();

    private readonly Option<int?> _count = new("-n", "--count")
    {
        Description = "Show only the last N messages; filters choose among these.",
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
        Description = "Continue with the messages that are received from now on, until Ctrl-C.",
    };

    private readonly ShowOptions _show;

    public HistoryCommand() : base(
        "history",
        "Show the messages that were received already and are not overwritten yet. Also reads the copy of a channel's file.",
        "ipmpsc history quotes -n 20 --json")
    {
        Arguments.Add(_name);
        Options.Add(_count);
        Options.Add(_since);
        Options.Add(_follow);
        _show = new ShowOptions(this, hasTime: false, new FilterOptions(this));
    }

    protected override ExitCode Run(ParseResult arguments, Terminal terminal, CancellationToken cancellation)
    {
        using ChannelObserver observer = ChannelName.Find(arguments.GetRequiredValue(_name), Trust.Observe);
        ChannelInfo channel = observer.Inspect();
        MessageDecoder decoder = new(channel.Name, channel.Schema);
        using MessagePrinter printer = _show.Printer(arguments, terminal, decoder);
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

        bool Write(PeekedMessage message)
        {
            DecodedMessage decoded = decoder.Decode(message);
            return printer.Print(in decoded) != Printed.ReaderGone;
        }
    }
}
