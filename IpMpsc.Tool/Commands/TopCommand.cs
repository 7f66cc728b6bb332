using System.CommandLine;
using System.Text;
using IpMpsc.Tool.CommandLine;
using IpMpsc.Tool.Diagnosis;
using IpMpsc.Tool.Messages;
using IpMpsc.Tool.Output;
using IpMpsc.Tool.Reports;
using IpMpsc.Tool.Watching;
using Spectre.Console;

namespace IpMpsc.Tool.Commands;

/// <summary><c>ipmpsc top</c>: rates and depths of channels, live.</summary>
internal sealed class TopCommand : ToolCommand
{
    /// <summary>The longest time until a key press is noticed.</summary>
    private static readonly TimeSpan s_keyInterval = TimeSpan.FromMilliseconds(50);

    private readonly Argument<string[]> _names = ChannelName.Arguments("The default is every channel in the runtime directory.", ArgumentArity.ZeroOrMore);

    private readonly Option<double> _interval = new("--interval")
    {
        Description = "Seconds between two samples.",
        HelpName = "SECONDS",
        DefaultValueFactory = static _ => 1,
        Validators = { MessageOptions.RequirePositive },
    };

    private readonly Option<TopOrder> _order = new("--sort")
    {
        Description = "Order of the channels: name, state (the worst verdict first), used (the fullest ring first) or rate (the busiest first).",
        HelpName = "ORDER",
        DefaultValueFactory = static _ => TopOrder.Name,
    };

    private readonly Option<long?> _count = MessageOptions.Count("looks");

    public TopCommand() : base("top", "Watch rates and depths of channels live. Press q to quit.", "ipmpsc top --sort state --interval 0.5")
    {
        Arguments.Add(_names);
        Options.Add(_interval);
        Options.Add(_order);
        Options.Add(_count);
    }

    protected override ExitCode Run(ParseResult arguments, Terminal terminal, CancellationToken cancellation)
    {
        TimeSpan interval = TimeSpan.FromSeconds(Math.Min(arguments.GetValue(_interval), TimeSpan.SecondsPerDay));
        long count = arguments.GetValue(_count) ?? long.MaxValue;
        using Watch watch = new(arguments.GetValue(_names) ?? [], arguments.GetValue(_order));
        watch.RequireNamed();
        Settle(watch, count, cancellation);
        if (!terminal.IsJson && Terminal.IsInteractive && terminal.Screen.Profile.Capabilities.Ansi)
        {
            terminal.Screen.AlternateScreen(() => Draw(terminal.Screen, watch, interval, count, cancellation));
            return ExitCode.Success;
        }

        using MessageOutput output = new();
        Repeat(interval, count, cancellation, () => output.TryWrite(Encoding.UTF8.GetBytes(
            terminal.IsJson ? $"{JsonText.Of(Snapshot(watch))}\n" : Terminal.TextOf(TopTable.Of(watch.Look(), int.MaxValue)))));
        return ExitCode.Success;
    }

    /// <summary>Where only one look is wanted, looks before it if that is needed for a verdict.</summary>
    private static void Settle(Watch watch, long count, CancellationToken cancellation)
    {
        if (count == 1)
        {
            _ = watch.Look();
            if (watch.IsUndecided)
            {
                cancellation.WaitHandle.WaitOne(ChannelJudge.StallTime);
            }
        }
    }

    private static void Draw(IAnsiConsole screen, Watch watch, TimeSpan interval, long count, CancellationToken cancellation) =>
        screen.Live(new Text("")).Start(live => Repeat(interval, count, cancellation, () =>
        {
            live.UpdateTarget(TopTable.Of(watch.Look(), screen.Profile.Width));
            live.Refresh();
            return true;
        }));

    private static object Snapshot(Watch watch) => new
    {
        time = DateTimeOffset.UtcNow,
        channels = watch.Look().Select(static channel => new
        {
            name = channel.Sample.Channel.Name,
            path = channel.Sample.Channel.Path,
            messagesPerSecond = channel.Sample.MessagesPerSecond,
            bytesInPerSecond = channel.Sample.BytesInPerSecond,
            bytesOutPerSecond = channel.Sample.BytesOutPerSecond,
            used = channel.Sample.Channel.BytesUsed,
            capacity = channel.Sample.Channel.Capacity,
            senders = SenderProcesses.Count(channel.Sample.Channel),
            receiverAlive = channel.Sample.Channel.IsReceiverAttached,
            head = channel.Sample.Channel.Head,
            headInWords = HeadInWords.Of(channel.Sample.Channel),
            verdicts = channel.Sample.Verdicts,
        }).ToArray(),
    };

    /// <summary>
    /// Does something at once and after each interval, until it was done the given number of times, fails,
    /// or is cancelled.
    /// </summary>
    private static void Repeat(TimeSpan interval, long count, CancellationToken cancellation, Func<bool> tryAction)
    {
        while (!cancellation.IsCancellationRequested && tryAction())
        {
            if (--count == 0 || IsEndedWithin(interval, cancellation))
            {
                return;
            }
        }
    }

    private static bool IsEndedWithin(TimeSpan interval, CancellationToken cancellation)
    {
        long end = Environment.TickCount64 + (long)interval.TotalMilliseconds;
        while (end - Environment.TickCount64 is var left and > 0)
        {
            TimeSpan wait = TimeSpan.FromMilliseconds(Math.Min(left, s_keyInterval.TotalMilliseconds));
            if (IsQuitPressed() || cancellation.WaitHandle.WaitOne(wait))
            {
                return true;
            }
        }

        return IsQuitPressed();
    }

    private static bool IsQuitPressed()
    {
        while (Terminal.IsInteractive && !Console.IsInputRedirected && Console.KeyAvailable)
        {
            if (Console.ReadKey(intercept: true).KeyChar is 'q' or 'Q')
            {
                return true;
            }
        }

        return false;
    }
}
