namespace IpMpsc.Benchmarks.Roles;

/// <summary>The sending end of something that moves messages. A struct, so that loops over it are compiled for it alone.</summary>
internal interface IOutlet<T> : IDisposable where T : unmanaged
{
    void Send(in T message);
}
