using System.Numerics;

namespace IpMpsc.Native.Tests.Vectors;

/// <summary>A message with types that C accesses only as bytes.</summary>
[ChannelMessage(Name = "Golden.Bag", Id = 14)]
public partial struct Bag
{
    public (int Count, string Name) Pair;
    public Dictionary<string, int> Map;
    public List<string> Names;
    public BigInteger Huge;
    public int After;
}
