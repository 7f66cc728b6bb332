using IpMpsc.Benchmarks.Contenders;
using IpMpsc.Benchmarks.Roles;

namespace IpMpsc.Benchmarks.Limits;

/// <summary>Sleeps on the word that a <see cref="FutexOutlet{T}"/> writes.</summary>
internal unsafe struct FutexInlet<T>(string path) : IInlet<T> where T : unmanaged
{
    private readonly SharedPages _pages = Futex.Map(path);
    private uint _read;

    public readonly void Accept()
    {
        // The sender writes whether the receiver sleeps or not.
    }

    public T Receive()
    {
        byte* page = _pages.Address;
        while (Volatile.Read(ref *(uint*)page) == _read)
        {
            Futex.Wait((uint*)page, _read);
        }

        T message = *(T*)Futex.Slot(page, _read);
        Volatile.Write(ref *(uint*)(page + Futex.ReadOffset), ++_read);
        return message;
    }

    public readonly void Dispose() => _pages.Dispose();
}
