namespace IpMpsc.Generators.Tests.Messages;

/// <summary>A fixed buffer, as C has it. Only the consumer's own declaration is unsafe.</summary>
[ChannelMessage]
public unsafe partial struct Raw
{
    public byte Kind;
    public fixed int Values[3];
}
