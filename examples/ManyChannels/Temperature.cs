namespace IpMpsc.Examples.ManyChannels;

[ChannelMessage]
public partial struct Temperature
{
    public long Number;
    public double Celsius;
}
