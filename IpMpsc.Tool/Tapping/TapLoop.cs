using System.Diagnostics;
using IpMpsc.Tool.CommandLine;
using IpMpsc.Tool.Output;

namespace IpMpsc.Tool.Tapping;

/// <summary>Reads the messages of channels as they pass, without taking part.</summary>
internal sealed class TapLoop : IDisposable
{
    /// <summary>How often channels without new messages are looked at.</summary>
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(1);

    /// <summary>How often they are asked whether they were deleted.</summary>
    private static readonly TimeSpan s_check = TimeSpan.FromMilliseconds(250);

    /// <summary>Messages of one channel before it is the next one's turn.</summary>
    private const int Turn = 256;

    private readonly List<TappedChannel> _open = [];

    /// <exception cref="ToolException">A channel does not exist, or is named twice.</exception>
    public TapLoop(IEnumerable<string> names)
    {
        try
        {
            foreach (string name in names)
            {
                TappedChannel channel = new(name, _open.Count);
                _open.Add(channel);
                if (_open.Count(other => other.Info.Id == channel.Info.Id) > 1)
                {
                    throw new ToolException(ExitCode.Usage, $"The channel '{name}' is named twice.");
                }
            }
        }
        catch
        {
            Dispose();
            throw;
        }

        Channels = [.. _open];
    }

    /// <summary>The channels, in the order of their names on the command line.</summary>
    public IReadOnlyList<TappedChannel> Channels { get; }

    /// <summary>Hands over message after message until the handler or the token ends it.</summary>
    /// <param name="cancellation">Ends it.</param>
    /// <param name="handle">Gets the messages.</param>
    /// <param name="onTurn">Called between messages, at least once in a few milliseconds; returns whether to go on.</param>
    /// <exception cref="ToolException">Every channel was deleted or replaced, and everything in them was read.</exception>
    public void Run(CancellationToken cancellation, TapHandler handle, Func<bool>? onTurn = null)
    {
        GiveWay();
        long checkedAt = Stopwatch.GetTimestamp();
        while (!cancellation.IsCancellationRequested)
        {
            bool isIdle = true;
            foreach (TappedChannel channel in _open)
            {
                for (int turn = 0; turn < Turn && channel.TryRead(out PeekedMessage message); turn++)
                {
                    isIdle = false;
                    if (!handle(channel, message, channel.TakeMissed()))
                    {
                        return;
                    }
                }
            }

            if (onTurn?.Invoke() == false)
            {
                return;
            }

            if (isIdle)
            {
                cancellation.WaitHandle.WaitOne(s_pause);
                if (Stopwatch.GetElapsedTime(checkedAt) >= s_check)
                {
                    RemoveDeleted();
                    checkedAt = Stopwatch.GetTimestamp();
                }
            }
        }
    }

    public void Dispose() => _open.ForEach(static channel => channel.Dispose());

    /// <summary>Takes the lowest priority: where a tap shares a processor with a sender, it gets what the sender leaves.</summary>
    private static void GiveWay()
    {
        using Process self = Process.GetCurrentProcess();
        self.PriorityClass = ProcessPriorityClass.Idle;
    }

    /// <summary>Called when nothing was left to read: a deleted channel gets no further messages.</summary>
    private void RemoveDeleted()
    {
        foreach (TappedChannel deleted in _open.Where(static channel => channel.Observer.Inspect().IsRetired).ToArray())
        {
            string text = $"The channel '{deleted.Info.Name}' was deleted or replaced.";
            _open.Remove(deleted);
            deleted.Dispose();
            if (_open.Count == 0)
            {
                throw new ToolException(ExitCode.NotFound, text);
            }

            Console.Error.WriteLine(Terminal.Clean(text));
        }
    }
}
