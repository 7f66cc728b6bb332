using System.Diagnostics;
using System.Net.Sockets;
using IpMpsc.Benchmarks.Contenders.Sockets;
using IpMpsc.Benchmarks.Roles;
using IpMpsc.Benchmarks.Values;

namespace IpMpsc.Benchmarks.Workloads.Crowds;

/// <summary>
/// Sleeps in epoll_wait on many eventfds until the other process raises one of them. It is the second process, because the
/// first one may have the channels of a crowd open, and the descriptors of a process are limited. The first one reports
/// the result.
/// </summary>
internal sealed class EpollReceiver(Job job, int descriptors) : IRole
{
    private const int Patience = 30_000;

    private readonly Turns _turns = new(job.Address);
    private readonly int _set = EpollCalls.NewSet();
    private int[] _events = [];

    public void Prepare()
    {
        _events = [.. Enumerable.Range(0, descriptors).Select(static _ => EpollCalls.NewEvent())];
        for (int index = 0; index < descriptors; index++)
        {
            EpollCalls.Add(_set, _events[index], index);
        }
    }

    public Outcome Run()
    {
        using Socket socket = UnixSocket.Connect(job.Address);
        EpollCalls.SendDescriptors(socket.Handle, [.. Crowd.Sample(descriptors).Select(index => _events[index])]);
        double[] times = new double[job.Count];
        RunClock clock = RunClock.Start();
        for (int index = 0; index < times.Length; index++)
        {
            _turns.Announce(index + 1);
            int ready = EpollCalls.Wait(_set, Patience);
            long woken = Stopwatch.GetTimestamp();
            EpollCalls.Lower(_events[ready]);
            times[index] = Stopwatch.GetElapsedTime(_turns.SentAt, woken).TotalNanoseconds;
        }

        _turns.Found = times.Median();
        Volatile.Write(ref _turns.IsFound, 1);
        return clock.Stop(times.Length);
    }

    public void Dispose()
    {
        Array.ForEach(_events, static descriptor => EpollCalls.Close(descriptor));
        EpollCalls.Close(_set);
        _turns.Dispose();
    }
}
