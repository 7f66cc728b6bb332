namespace IpMpsc.Tests.Dropping;

/// <summary>A message with a key. It takes 32 bytes of the ring.</summary>
[ChannelMessage]
public partial struct Price
{
    public int Instrument;
    public int Number;
}
