namespace IpMpsc.Examples.Overload;

[ChannelMessage]
public partial struct Price
{
    public int Instrument;
    public int Number;
}
