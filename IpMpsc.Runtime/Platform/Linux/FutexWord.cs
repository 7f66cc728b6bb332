namespace IpMpsc.Platform.Linux;

/// <summary>A wait word on a shared futex. The kernel identifies it by file and offset, so mappings at different addresses share it.</summary>
internal sealed unsafe class FutexWord(uint* word) : WaitWord(word)
{
    private const int FUTEX_WAIT = 0;
    private const int FUTEX_WAKE = 1;

    public override void Sleep(uint raised, TimeSpan limit)
    {
        // A relative timeout of FUTEX_WAIT runs on CLOCK_MONOTONIC. Every error means "check again": EAGAIN (the word
        // was lowered), EINTR, ETIMEDOUT.
        long* timeout = stackalloc long[2];
        timeout[0] = limit.Ticks / TimeSpan.TicksPerSecond;
        timeout[1] = limit.Ticks % TimeSpan.TicksPerSecond * TimeSpan.NanosecondsPerTick;
        SystemCall.Invoke(SystemCall.Futex, (nint)Address, FUTEX_WAIT, (int)raised, timeout, 0, 0);
    }

    public override void Wake() => SystemCall.Invoke(SystemCall.Futex, (nint)Address, FUTEX_WAKE, int.MaxValue, null, 0, 0);

    public override void Dispose()
    {
        // The word is part of the mapping; the kernel keeps nothing for it.
    }
}
