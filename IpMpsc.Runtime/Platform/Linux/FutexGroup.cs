using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace IpMpsc.Platform.Linux;

/// <summary>
/// Waits for many futexes with futex_waitv(2), which Linux has since 5.16. One of the call's 128 futexes is private to
/// this process: it is 0, or 1 after an interruption.
/// </summary>
internal sealed unsafe class FutexGroup : WaitGroup
{
    private const int FUTEX_WAITV_MAX = 128;
    private const int FUTEX_WAKE_PRIVATE = 1 | 128;
    private const uint FUTEX2_SIZE_U32 = 2;
    private const uint FUTEX2_PRIVATE = 128;
    private const int CLOCK_MONOTONIC = 1;
    private const int EINVAL = 22;

    // Pinned arrays: the kernel reads them by address, and they are freed with the group.
    private readonly Waiter[] _waiters = GC.AllocateArray<Waiter>(FUTEX_WAITV_MAX, pinned: true);
    private readonly int[] _interrupted = GC.AllocateArray<int>(1, pinned: true);

    public FutexGroup() => _waiters[0] = new Waiter
    {
        Value = 0,
        Address = (ulong)Address(_interrupted),
        Flags = FUTEX2_SIZE_U32 | FUTEX2_PRIVATE,
    };

    /// <summary>Whether the kernel has the call and lets us use it. It then answers EINVAL to a wait for no futex.</summary>
    public static bool IsSupported { get; } =
        SystemCall.Invoke(SystemCall.FutexWaitV, 0, 0, 0, null, CLOCK_MONOTONIC, 0) == -1
        && Marshal.GetLastPInvokeError() == EINVAL;

    public override int Capacity => FUTEX_WAITV_MAX - 1;

    public override void Sleep(ReadOnlySpan<WaitWord> words, ReadOnlySpan<uint> raised, TimeSpan limit)
    {
        for (int index = 0; index < words.Length; index++)
        {
            _waiters[index + 1] = new Waiter
            {
                Value = raised[index],
                Address = (ulong)words[index].Address,
                Flags = FUTEX2_SIZE_U32,
            };
        }

        // The timeout is a point in time on the clock that Stopwatch reads. As with a single futex, every error means
        // "check again".
        long* deadline = stackalloc long[2];
        TimeSpan end = limit < TimeSpan.FromDays(1) ? Stopwatch.GetElapsedTime(0) + limit : TimeSpan.Zero;
        deadline[0] = end.Ticks / TimeSpan.TicksPerSecond;
        deadline[1] = end.Ticks % TimeSpan.TicksPerSecond * TimeSpan.NanosecondsPerTick;
        SystemCall.Invoke(
            SystemCall.FutexWaitV, Address(_waiters), words.Length + 1, 0, end == default ? null : deadline, CLOCK_MONOTONIC, 0);
        Interlocked.Exchange(ref _interrupted[0], 0);
        GC.KeepAlive(this);
    }

    public override void Interrupt()
    {
        if (Interlocked.Exchange(ref _interrupted[0], 1) == 0)
        {
            SystemCall.Invoke(SystemCall.Futex, Address(_interrupted), FUTEX_WAKE_PRIVATE, 1, null, 0, 0);
            GC.KeepAlive(this);
        }
    }

    private static nint Address<T>(T[] pinned) where T : unmanaged =>
        (nint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(pinned));

    /// <summary>struct futex_waitv.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Waiter
    {
        public ulong Value;
        public ulong Address;
        public uint Flags;
        public uint Reserved;
    }
}
