using System.Runtime.InteropServices;
using IpMpsc.Benchmarks.Messages;

namespace IpMpsc.Benchmarks.Peers;

/// <summary>
/// Pins the calling thread to one processor until it is disposed. A process that the thread starts meanwhile inherits
/// that, as with taskset.
/// </summary>
internal sealed unsafe partial class ThreadPin : IDisposable
{
    private const int MaskSize = 128; // 1,024 processors, as in the C library.

    private readonly byte[] _before = new byte[MaskSize];

    private ThreadPin(int processor)
    {
        byte[] mask = new byte[MaskSize];
        mask[processor / 8] = (byte)(1 << (processor % 8));
        fixed (byte* before = _before)
        fixed (byte* now = mask)
        {
            if (Read(0, MaskSize, before) < 0 || Set(0, MaskSize, now) < 0)
            {
                throw new BenchmarkException($"The system does not allow a thread to be pinned to processor {processor}.");
            }
        }
    }

    /// <summary>Null where the system has no such call.</summary>
    public static ThreadPin? To(int processor) => OperatingSystem.IsLinux() ? new ThreadPin(processor) : null;

    public void Dispose()
    {
        fixed (byte* before = _before)
        {
            Set(0, MaskSize, before);
        }
    }

    [LibraryImport("libc", EntryPoint = "sched_setaffinity")]
    private static partial int Set(int thread, nint size, byte* mask);

    [LibraryImport("libc", EntryPoint = "sched_getaffinity")]
    private static partial int Read(int thread, nint size, byte* mask);
}
