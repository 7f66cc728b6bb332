namespace IpMpsc.Examples.ManyChannels;

[ChannelMessage]
public partial struct Alarm
{
    public long Number;
    public string Reason;
}
