using System.Diagnostics;
using System.Net.Sockets;
using IpMpsc.Benchmarks.Contenders.Sockets;
using IpMpsc.Benchmarks.Roles;

namespace IpMpsc.Benchmarks.Workloads.Crowds;

/// <summary>Raises a randomly chosen eventfd when the other process sleeps.</summary>
internal sealed class EpollSender(Job job) : IRole
{
    private readonly Turns _turns = new(job.Address);
    private Socket? _listener;

    public void Prepare() => _listener = UnixSocket.Listen(job.Address);

    public Outcome Run()
    {
        using Socket socket = _listener!.Accept();
        int[] events = EpollCalls.ReceiveDescriptors(socket.Handle, Crowd.SampleSize);
        Random random = new(1);
        RunClock clock = RunClock.Start();
        for (long turn = 1; turn <= job.Count; turn++)
        {
            _turns.AwaitSleep(turn);
            int chosen = events[random.Next(events.Length)];
            _turns.SentAt = Stopwatch.GetTimestamp();
            EpollCalls.Raise(chosen);
        }

        Turns.Await(ref _turns.IsFound, 1);
        Array.ForEach(events, static descriptor => EpollCalls.Close(descriptor));
        return clock.Stop(job.Count) with { Value = _turns.Found };
    }

    public void Dispose()
    {
        _listener?.Dispose();
        _turns.Dispose();
    }
}
