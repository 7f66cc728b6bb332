namespace IpMpsc.Examples.Overload;

[ChannelMessage]
public partial struct Reading
{
    public int Number;
}
