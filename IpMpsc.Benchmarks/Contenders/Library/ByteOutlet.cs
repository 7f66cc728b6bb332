using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using IpMpsc.Benchmarks.Roles;

namespace IpMpsc.Benchmarks.Contenders.Library;

/// <summary>Sends bytes to a channel of this library.</summary>
internal readonly struct ByteOutlet<T>(string path, WaitStrategy strategy) : IOutlet<T> where T : unmanaged
{
    private readonly ByteSender _sender = ByteSender.Open(path, ChannelSetup.Of(strategy));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Send(in T message) => _sender.Send(MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in message)));

    public void Dispose() => _sender.Dispose();
}
