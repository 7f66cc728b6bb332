using MemoryPack;

namespace IpMpsc.Tests.Aot.Host;

/// <summary>A union for MemoryPack.</summary>
[MemoryPackable]
[MemoryPackUnion(0, typeof(Delivered))]
public partial interface IEvent;
