namespace IpMpsc.Tests.Aot;

/// <summary>A message of fixed size.</summary>
[ChannelMessage]
public partial struct Quote
{
    public int Instrument;
    public double Bid;
    public double Ask;
}
