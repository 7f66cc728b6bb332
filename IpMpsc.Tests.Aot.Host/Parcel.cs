using MemoryPack;

namespace IpMpsc.Tests.Aot.Host;

/// <summary>An object for MemoryPack, with what needs a formatter.</summary>
[MemoryPackable]
public sealed partial record Parcel(int Number, List<string> Labels, Dictionary<string, decimal> Prices, IEvent? Last);
