using System.Text;
using IpMpsc.Benchmarks.Messages;
using IpMpsc.Benchmarks.Roles;

namespace IpMpsc.Benchmarks.Limits;

/// <summary>The cost of encoding the strings of log lines on one thread, into a buffer that stays in its cache: whatever carries a string has to do it.</summary>
internal sealed class Transcoder(Job job) : IRole
{
    private readonly byte[] _buffer = new byte[1024];

    public void Prepare()
    {
    }

    public Outcome Run()
    {
        long last = job.Count - 1;
        int length = 0;
        RunClock clock = RunClock.Start();
        for (long number = 0; number <= last; number++)
        {
            length = Encoding.UTF8.GetBytes(LogText.Of(number), _buffer);
        }

        Outcome outcome = clock.Stop(job.Count);
        LogText.Verify(last, _buffer.AsSpan(0, length), last);
        return outcome;
    }

    public void Dispose()
    {
    }
}
