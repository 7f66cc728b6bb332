namespace IpMpsc.Native.Tests.Vectors;

/// <summary>A nested message with a field of version 2, which carries its own version.</summary>
[ChannelMessage(Name = "Golden.Leaf", Id = 13, Version = 2)]
public partial struct Leaf
{
    public byte First;

    [Since(2)]
    public long Second;
}
