using IpMpsc.Benchmarks.Contenders;

namespace IpMpsc.Benchmarks.Limits;

/// <summary>Sleeps on the line that a <see cref="FutexOutlet{T}"/> writes.</summary>
internal unsafe struct FutexInlet<T>(string path) : IInlet<T> where T : unmanaged
{
    private readonly SharedPages _pages = Futex.Map(path);
    private uint _read;

    public readonly void Accept()
    {
        // The sender writes whether we look or not.
    }

    public T Receive()
    {
        byte* line = _pages.Address;
        while (Volatile.Read(ref *(uint*)line) == _read)
        {
            Futex.Wait((uint*)line, _read);
        }

        _read++;
        return *(T*)(line + Futex.MessageOffset);
    }

    public readonly void Dispose() => _pages.Dispose();
}
