namespace IpMpsc.Benchmarks.Roles;

/// <summary>The receiving end of something that moves messages. A struct, as <see cref="IOutlet{T}"/>.</summary>
internal interface IInlet<T> : IDisposable where T : unmanaged
{
    /// <summary>Waits until the sender is connected, where there are connections.</summary>
    void Accept();

    /// <summary>The next message, as soon as there is one.</summary>
    T Receive();
}
