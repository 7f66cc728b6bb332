using System.CommandLine;
using IpMpsc.Judging;
using IpMpsc.Tool.CommandLine;
using IpMpsc.Tool.Output;

namespace IpMpsc.Tool.Commands;

/// <summary><c>ipmpsc recover</c>: recovers from dead senders as the next receiver would, without receiving.</summary>
internal sealed class RecoverCommand : ToolCommand
{
    /// <summary>Corruption is reported only after several looks, at least a millisecond apart.</summary>
    private const int Looks = 50;

    private readonly Argument<string> _name = ChannelName.Argument();

    private readonly Option<bool> _skipCorrupt = new("--skip-corrupt")
    {
        Description = "Also resume behind corrupt records; their content is lost.",
    };

    public RecoverCommand() : base(
        "recover", "Step over the claims of dead senders at the head of a channel without a receiver.", "ipmpsc recover quotes")
    {
        Arguments.Add(_name);
        Options.Add(_skipCorrupt);
    }

    protected override ExitCode Run(ParseResult arguments, Terminal terminal, CancellationToken cancellation)
    {
        (RecordReceiver receiver, ChannelObserver observer) = ChannelName.Find(
            arguments.GetRequiredValue(_name), static name => (Participation.Receiver(name), Trust.Observe(name)));
        using (receiver)
        using (observer)
        {
            ChannelInfo before = observer.Inspect();
            long gaps = receiver.Recover();
            long skipped = arguments.GetValue(_skipCorrupt) ? SkipCorrupt(receiver, observer) : 0;
            ChannelInfo after = observer.Inspect();
            Write(terminal, after, gaps, after.HeadPosition - before.HeadPosition, skipped);
            return after.Head == HeadState.Corrupt ? ExitCode.Corrupt : ExitCode.Success;
        }
    }

    private static long SkipCorrupt(RecordReceiver receiver, ChannelObserver observer)
    {
        long skipped = 0;
        for (int look = 0; look < Looks && observer.Inspect().Head == HeadState.Corrupt; look++)
        {
            skipped += receiver.SkipCorrupt();
            Thread.Sleep(1); // From one look to the next.
        }

        return skipped;
    }

    private static void Write(Terminal terminal, ChannelInfo channel, long gaps, long bytes, long skipped)
    {
        if (terminal.IsJson)
        {
            Terminal.Json(new
            {
                gaps,
                bytes,
                bytesSkippedAsCorrupt = skipped,
                head = channel.Head,
                headInWords = HeadInWords.Of(channel),
            });
            return;
        }

        string claims = gaps == 1 ? "1 claim of a dead sender" : $"{gaps:N0} claims of dead senders";
        string corrupt = skipped > 0 ? $", {skipped:N0} corrupt bytes" : "";
        terminal.Line(bytes == 0 ? "Nothing to recover at the head." : $"Stepped over {bytes:N0} bytes: {claims}{corrupt}.");
        if (channel.Head is HeadState.Claimed or HeadState.Corrupt)
        {
            terminal.Line(Terminal.Plain(HeadInWords.Of(channel)));
        }
    }
}
