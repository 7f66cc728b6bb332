using System.Diagnostics;
using IpMpsc.Benchmarks.Contenders;

namespace IpMpsc.Benchmarks.Workloads.Crowds;

/// <summary>
/// How two processes take turns without what is measured: the receiver announces which wake-up it is going to
/// wait for, and the sender gives it time to fall asleep.
/// </summary>
internal sealed unsafe class Turns(string address) : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    /// <summary>Longer than it takes to arm thousands of channels.</summary>
    private static readonly TimeSpan s_fallingAsleep = TimeSpan.FromMilliseconds(2);

    private readonly SharedPages _pages = new(address + ".turns", 4096);

    /// <summary>When the last wake-up was sent.</summary>
    public ref long SentAt => ref ((long*)_pages.Address)[8];

    /// <summary>The receiver's result, if another process reports it.</summary>
    public ref double Found => ref ((double*)_pages.Address)[16];

    /// <summary>Whether <see cref="Found"/> is set.</summary>
    public ref long IsFound => ref ((long*)_pages.Address)[17];

    /// <summary>The receiver is going to wait for this wake-up, counted from 1.</summary>
    public void Announce(long turn) => Volatile.Write(ref *(long*)_pages.Address, turn);

    /// <summary>Waits until the receiver sleeps for this wake-up.</summary>
    public void AwaitSleep(long turn)
    {
        Await(ref *(long*)_pages.Address, turn);
        Thread.Sleep(s_fallingAsleep);
    }

    public static void Await(ref long word, long value)
    {
        long start = Stopwatch.GetTimestamp();
        while (Volatile.Read(ref word) < value)
        {
            if (Stopwatch.GetElapsedTime(start) > s_patience)
            {
                throw new Messages.BenchmarkException("The other process has not taken its turn.");
            }

            Thread.Sleep(0);
        }
    }

    public void Dispose() => _pages.Dispose();
}
