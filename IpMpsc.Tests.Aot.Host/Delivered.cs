using MemoryPack;

namespace IpMpsc.Tests.Aot.Host;

/// <summary>A case of the union.</summary>
[MemoryPackable]
public sealed partial record Delivered(string Place) : IEvent;
