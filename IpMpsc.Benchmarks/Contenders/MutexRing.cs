using System.Runtime.CompilerServices;

namespace IpMpsc.Benchmarks.Contenders;

/// <summary>
/// What one writes by hand: a ring of slots in a mapped file, guarded by a named mutex. A process that finds it full or
/// empty yields the processor and tries again.
/// </summary>
internal sealed unsafe class MutexRing<T> : IDisposable where T : unmanaged
{
    private const int WrittenOffset = 0;
    private const int ReadOffset = 8;
    private const int SlotsOffset = 64;
    private const int Slots = 16 * 1024;

    private readonly Mutex _mutex;
    private readonly SharedPages _pages;

    public MutexRing(string path)
    {
        _mutex = new Mutex(initiallyOwned: false, PipeName.Of(path).Replace('/', '-'), new NamedWaitHandleOptions { CurrentSessionOnly = false });
        _pages = new SharedPages(path, SlotsOffset + (Slots * (long)Unsafe.SizeOf<T>()));
    }

    private ref long Written => ref *(long*)(_pages.Address + WrittenOffset);

    private ref long Read => ref *(long*)(_pages.Address + ReadOffset);

    public bool TrySend(in T message)
    {
        _mutex.WaitOne();
        try
        {
            if (Written - Read == Slots)
            {
                return false;
            }

            Slot(Written) = message;
            Written++;
            return true;
        }
        finally
        {
            _mutex.ReleaseMutex();
        }
    }

    public bool TryReceive(out T message)
    {
        _mutex.WaitOne();
        try
        {
            message = default;
            if (Written == Read)
            {
                return false;
            }

            message = Slot(Read);
            Read++;
            return true;
        }
        finally
        {
            _mutex.ReleaseMutex();
        }
    }

    public void Dispose()
    {
        _mutex.Dispose();
        _pages.Dispose();
    }

    private ref T Slot(long position) => ref ((T*)(_pages.Address + SlotsOffset))[position % Slots];
}
