using IpMpsc.Benchmarks.Contenders;

namespace IpMpsc.Benchmarks.Limits;

/// <summary>Writes a line and wakes the process that sleeps on it: one system call for each message, whoever sleeps.</summary>
internal readonly unsafe struct FutexOutlet<T>(string path) : IOutlet<T> where T : unmanaged
{
    private readonly SharedPages _pages = Futex.Map(path);

    public void Send(in T message)
    {
        byte* line = _pages.Address;
        *(T*)(line + Futex.MessageOffset) = message;
        Volatile.Write(ref *(uint*)line, *(uint*)line + 1);
        Futex.Wake((uint*)line);
    }

    public void Dispose() => _pages.Dispose();
}
