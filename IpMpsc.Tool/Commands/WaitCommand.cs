using System.CommandLine;
using System.Diagnostics;
using IpMpsc.Tool.CommandLine;
using IpMpsc.Tool.Output;

namespace IpMpsc.Tool.Commands;

/// <summary><c>ipmpsc wait</c>: lets a script wait for what its next step needs.</summary>
internal sealed class WaitCommand : ToolCommand
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(20);

    private readonly Argument<string> _name = ChannelName.Argument();

    private readonly Argument<WaitCondition> _condition = new("CONDITION")
    {
        Description = "What to wait for. receiver, sender: one is attached; the channel need not exist yet. " +
            "empty: every message is received and released. unused: no process has the channel open.",
        HelpName = "CONDITION",
    };

    private readonly Option<TimeSpan?> _timeout = Quantities.Time(
        "--timeout", "Fail with exit code 1 after this time, such as 10s. By default, wait until Ctrl-C.");

    public WaitCommand() : base(
        "wait", "Wait until a channel has a receiver or a sender, is empty, or is unused.", "ipmpsc wait quotes empty --timeout 10s")
    {
        Arguments.Add(_name);
        Arguments.Add(_condition);
        Options.Add(_timeout);
    }

    protected override ExitCode Run(ParseResult arguments, Terminal terminal, CancellationToken cancellation)
    {
        string name = arguments.GetRequiredValue(_name);
        WaitCondition condition = arguments.GetRequiredValue(_condition);
        TimeSpan? timeout = arguments.GetValue(_timeout);
        long start = Stopwatch.GetTimestamp();
        while (true)
        {
            ChannelInfo? channel = Look(name, mayBeMissing: condition is WaitCondition.Receiver or WaitCondition.Sender);
            if (channel is not null && IsMet(condition, channel))
            {
                terminal.Done(
                    new { channel = channel.Path, condition, seconds = Stopwatch.GetElapsedTime(start).TotalSeconds },
                    $"{Terminal.Plain(channel.Name)} {Describe(condition, isMet: true)}.");
                return ExitCode.Success;
            }

            if (Stopwatch.GetElapsedTime(start) >= timeout)
            {
                string state = channel is null ? "does not exist" : Describe(condition, isMet: false);
                throw new ToolException(
                    ExitCode.Failed,
                    $"After {Format.Age(timeout.Value)}, {channel?.Name ?? name} {state}.",
                    ("channel", channel?.Path),
                    ("condition", condition));
            }

            cancellation.WaitHandle.WaitOne(s_pause);
            cancellation.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Looks by the name each time: the channel may be replaced in the meantime.</summary>
    private static ChannelInfo? Look(string name, bool mayBeMissing)
    {
        try
        {
            return ChannelName.Find(name, static name => Trust.Inspect(name));
        }
        catch (ToolException missing) when (mayBeMissing && missing.Code == ExitCode.NotFound)
        {
            return null;
        }
    }

    private static bool IsMet(WaitCondition condition, ChannelInfo channel) => condition switch
    {
        WaitCondition.Receiver => channel.IsReceiverAttached,
        WaitCondition.Sender => channel.Senders.Any(static sender => sender.IsAttached),
        WaitCondition.Empty => channel.Head == HeadState.Empty && channel.HeldMessages == 0,
        _ => !channel.IsReceiverAttached && !channel.Senders.Any(static sender => sender.IsAttached),
    };

    private static string Describe(WaitCondition condition, bool isMet) => condition switch
    {
        WaitCondition.Receiver => isMet ? "has a receiver" : "has no receiver",
        WaitCondition.Sender => isMet ? "has a sender" : "has no sender",
        WaitCondition.Empty => isMet ? "is empty" : "is not empty",
        _ => isMet ? "is unused" : "is in use",
    };
}
