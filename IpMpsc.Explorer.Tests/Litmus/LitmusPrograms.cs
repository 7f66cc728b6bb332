using Exploring.Engine;

namespace Exploring.Litmus;

/// <summary>Two words of one process, for the small programs that distinguish memory models.</summary>
internal abstract class LitmusProgram : Program
{
    protected long X;
    protected long Y;

    protected override void SetUp()
    {
        VirtualProcess process = Process("process");
        Thread("one", process, One);
        Thread("two", process, Two);
    }

    protected abstract void One();

    protected abstract void Two();
}

/// <summary>Store, then load of the other word: both can miss each other's store, unless both fence.</summary>
internal class StoreBuffering : LitmusProgram
{
    private long _seenByOne = -1;
    private long _seenByTwo = -1;

    protected override void One()
    {
        IpMpsc.Volatile.Write(ref X, 1);
        FenceOfOne();
        _seenByOne = IpMpsc.Volatile.Read(ref Y);
    }

    protected override void Two()
    {
        IpMpsc.Volatile.Write(ref Y, 1);
        FenceOfTwo();
        _seenByTwo = IpMpsc.Volatile.Read(ref X);
    }

    protected virtual void FenceOfOne()
    {
    }

    protected virtual void FenceOfTwo()
    {
    }

    protected override void Check() => Require(_seenByOne + _seenByTwo > 0, "Both have missed the other's store.");
}

/// <summary>A fence on each side.</summary>
internal sealed class StoreBufferingWithFences : StoreBuffering
{
    protected override void FenceOfOne() => IpMpsc.Interlocked.MemoryBarrier();

    protected override void FenceOfTwo() => IpMpsc.Interlocked.MemoryBarrier();
}

/// <summary>One side fences for both.</summary>
internal sealed class StoreBufferingWithBarrier : StoreBuffering
{
    protected override void FenceOfOne() => IpMpsc.Interlocked.MemoryBarrierProcessWide();
}

/// <summary>A fence on one side only.</summary>
internal sealed class StoreBufferingWithOneFence : StoreBuffering
{
    protected override void FenceOfOne() => IpMpsc.Interlocked.MemoryBarrier();
}

/// <summary>An interlocked operation on a third word is a fence on x86-64, but not on Arm64.</summary>
internal sealed class StoreBufferingWithExchange : StoreBuffering
{
    private int _other;

    protected override void FenceOfOne() => IpMpsc.Interlocked.Exchange(ref _other, 1);

    protected override void FenceOfTwo() => IpMpsc.Interlocked.MemoryBarrier();
}

/// <summary>Data, then a flag: the flag must not be seen before the data.</summary>
internal class MessagePassing : LitmusProgram
{
    protected override void One()
    {
        IpMpsc.Plain.Write(ref X, 1);
        StoreFlag();
    }

    protected override void Two()
    {
        if (IpMpsc.Volatile.Read(ref Y) == 1)
        {
            Require(IpMpsc.Volatile.Read(ref X) == 1, "The flag was seen before the data.");
        }
    }

    protected virtual void StoreFlag() => IpMpsc.Volatile.Write(ref Y, 1);
}

/// <summary>The same with a plain flag.</summary>
internal sealed class MessagePassingByPlainStores : MessagePassing
{
    protected override void StoreFlag() => IpMpsc.Plain.Write(ref Y, 1);
}

/// <summary>A flag, then a sleep on it; the waker looks for sleepers first.</summary>
internal sealed class LostWakeUp : Program
{
    private readonly IpMpsc.SemaphoreSlim _semaphore = new(0);
    private int _isThere;
    private int _sleeps;

    protected override void SetUp()
    {
        VirtualProcess process = Process("process");
        Thread("sleeper", process, () =>
        {
            if (IpMpsc.Volatile.Read(ref _isThere) == 0)
            {
                IpMpsc.Interlocked.Exchange(ref _sleeps, 1); // Too late: the flag is not checked again.
                _semaphore.Wait(Timeout.InfiniteTimeSpan, default);
            }
        });
        Thread("waker", process, () =>
        {
            IpMpsc.Interlocked.Exchange(ref _isThere, 1);
            if (IpMpsc.Volatile.Read(ref _sleeps) == 1)
            {
                _semaphore.Release();
            }
        });
    }
}

/// <summary>A counter that two threads read and store in two steps.</summary>
internal sealed class LostUpdate : LitmusProgram
{
    protected override void One() => Add();

    protected override void Two() => Add();

    protected override void Check() => Require(X == 2, "An update was lost.");

    private void Add() => IpMpsc.Volatile.Write(ref X, IpMpsc.Volatile.Read(ref X) + 1);
}
