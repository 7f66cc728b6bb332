using System.CommandLine;
using System.Text;
using IpMpsc.Judging;
using IpMpsc.Tool.CommandLine;
using IpMpsc.Tool.Output;
using IpMpsc.Tool.Printing;
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
        string[] names = arguments.GetValue(_names) ?? [];
        TopOrder order = arguments.GetValue(_order);
        using Watch watch = new(names);
        watch.RequireNamed();
        Settle(watch, count, cancellation);
        if (!terminal.IsJson && Terminal.IsInteractive && terminal.Screen.Profile.Capabilities.Ansi)
        {
            TopView view = new(order, isNamed: names.Length > 0);
            terminal.Screen.AlternateScreen(() => Draw(terminal.Screen, watch, view, interval, count, cancellation));
            return ExitCode.Success;
        }

        using MessageOutput output = new();
        Repeat(interval, count, cancellation, () => output.TryWrite(Encoding.UTF8.GetBytes(Write(TopSort.By(order, watch.Look()), terminal.IsJson))));
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

    private static string Write(IReadOnlyList<(WatchedChannel Watched, ChannelSample Sample)> channels, bool isJson) =>
        isJson ? $"{JsonText.Of(Snapshot(channels))}\n" : Terminal.TextOf(TopTable.Of(channels, Terminal.WidthOfFile));

    /// <summary>Draws at each interval, and at once when a key was pressed.</summary>
    private static void Draw(IAnsiConsole screen, Watch watch, TopView view, TimeSpan interval, long count, CancellationToken cancellation) =>
        screen.Live(new Text("")).Start(live =>
        {
            for (; count > 0 && !cancellation.IsCancellationRequested; count--)
            {
                IReadOnlyList<(WatchedChannel, ChannelSample)> channels = watch.Look();
                Show(channels);
                if (count == 1 || !Serve(interval, cancellation, view, () => Show(channels)))
                {
                    return;
                }
            }

            void Show(IReadOnlyList<(WatchedChannel, ChannelSample)> channels)
            {
                live.UpdateTarget(view.Draw(channels, screen.Profile.Width, screen.Profile.Height));
                live.Refresh();
            }
        });

    private static object Snapshot(IReadOnlyList<(WatchedChannel Watched, ChannelSample Sample)> channels) => new
    {
        time = DateTimeOffset.UtcNow,
        channels = channels.Select(static channel => new
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
            if (--count == 0 || cancellation.WaitHandle.WaitOne(interval))
            {
                return;
            }
        }
    }

    /// <summary>Handles keys for an interval.</summary>
    /// <returns>False if one of them ends the command, or it was cancelled.</returns>
    private static bool Serve(TimeSpan interval, CancellationToken cancellation, TopView view, Action show)
    {
        long end = Environment.TickCount64 + (long)interval.TotalMilliseconds;
        while (end - Environment.TickCount64 is var left and > 0)
        {
            bool isPressed = false;
            while (!Console.IsInputRedirected && Console.KeyAvailable)
            {
                isPressed = true;
                if (!view.Press(Console.ReadKey(intercept: true)))
                {
                    return false;
                }
            }

            if (isPressed)
            {
                show();
            }

            if (cancellation.WaitHandle.WaitOne(TimeSpan.FromMilliseconds(Math.Min(left, s_keyInterval.TotalMilliseconds))))
            {
                return false;
            }
        }

        return true;
    }
}
