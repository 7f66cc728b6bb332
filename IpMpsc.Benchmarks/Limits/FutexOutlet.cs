using IpMpsc.Benchmarks.Contenders;
using IpMpsc.Benchmarks.Roles;

namespace IpMpsc.Benchmarks.Limits;

/// <summary>
/// Writes a message and wakes the receiver: one system call for each message, whether the receiver sleeps or not.
/// </summary>
internal unsafe struct FutexOutlet<T>(string path) : IOutlet<T> where T : unmanaged
{
    private readonly SharedPages _pages = Futex.Map(path);
    private uint _read;

    public void Send(in T message)
    {
        byte* page = _pages.Address;
        uint written = *(uint*)page;
        while (written - _read == Futex.Slots)
        {
            _read = Volatile.Read(ref *(uint*)(page + Futex.ReadOffset)); // Read only when all slots seem to be full.
        }

        *(T*)Futex.Slot(page, written) = message;
        Volatile.Write(ref *(uint*)page, written + 1);
        Futex.Wake((uint*)page);
    }

    public readonly void Dispose() => _pages.Dispose();
}
