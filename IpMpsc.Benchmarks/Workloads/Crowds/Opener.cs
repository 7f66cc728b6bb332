using System.Diagnostics;
using IpMpsc.Benchmarks.Contenders.Library;
using IpMpsc.Benchmarks.Messages;
using IpMpsc.Benchmarks.Roles;
using IpMpsc.Benchmarks.Values;

namespace IpMpsc.Benchmarks.Workloads.Crowds;

/// <summary>
/// Creates channels with default options, or opens senders of them, in a directory that has others, and times each
/// call.
/// </summary>
internal sealed class Opener(Job job, int others, bool asSender) : IRole
{
    private readonly List<IDisposable> _opened = [];
    private string _directory = "";

    public void Prepare() => _directory = Crowd.Of(job, $"{Opens.Name}-{others}", others).Directory;

    public Outcome Run()
    {
        double[] times = new double[job.Count];
        RunClock clock = RunClock.Start();
        for (int index = 0; index < times.Length; index++)
        {
            string path = Path.Join(_directory, $"{Path.GetFileName(job.Address)}.{index}");
            long start = Stopwatch.GetTimestamp();
            _opened.Add(Receiver<Dated>.Create(path, ChannelSetup.Of(default)));
            if (asSender)
            {
                start = Stopwatch.GetTimestamp();
                _opened.Add(Sender<Dated>.Open(path));
            }

            times[index] = Stopwatch.GetElapsedTime(start).TotalNanoseconds;
        }

        Outcome outcome = clock.Stop(times.Length) with { Value = times.Median() };
        return outcome with { Allocated = 0 }; // Opening allocates, but only allocations for messages are judged.
    }

    public void Dispose()
    {
        _opened.Reverse(); // Senders first.
        _opened.ForEach(static participant => participant.Dispose());
    }
}
