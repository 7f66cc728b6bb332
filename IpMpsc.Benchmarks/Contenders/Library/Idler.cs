using System.Diagnostics;
using IpMpsc.Benchmarks.Messages;
using IpMpsc.Benchmarks.Roles;

namespace IpMpsc.Benchmarks.Contenders.Library;

/// <summary>
/// Waits for messages that do not come, and asks the system how much processor time that takes. The count of
/// the job is the time in milliseconds.
/// </summary>
internal sealed class Idler(Job job, Action<IReadOnlyList<Receiver<Ping>>, CancellationToken> wait, int receivers) : IRole
{
    private static readonly TimeSpan s_settling = TimeSpan.FromMilliseconds(50);

    private readonly List<Receiver<Ping>> _receivers = [];

    public void Prepare()
    {
        for (int index = 0; index < receivers; index++)
        {
            _receivers.Add(Receiver<Ping>.Create($"{job.Address}.{index}", ChannelSetup.Of(default)));
        }
    }

    public Outcome Run()
    {
        using CancellationTokenSource end = new();
        using Process self = Process.GetCurrentProcess();
        Thread waiter = new(() => Wait(end.Token));
        waiter.Start();
        Thread.Sleep(s_settling); // Excludes the cost of starting to wait.

        TimeSpan before = Used(self);
        long start = Stopwatch.GetTimestamp();
        Thread.Sleep((int)job.Count);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        TimeSpan used = Used(self) - before;
        end.Cancel();
        waiter.Join();
        return new Outcome { Value = used.TotalNanoseconds / seconds, Messages = 1 };
    }

    public void Dispose() => _receivers.ForEach(static receiver => receiver.Dispose());

    private static TimeSpan Used(Process self)
    {
        self.Refresh();
        return self.TotalProcessorTime;
    }

    private void Wait(CancellationToken end)
    {
        try
        {
            wait(_receivers, end);
        }
        catch (OperationCanceledException)
        {
            // Cancellation ends the wait.
        }
    }
}
