namespace IpMpsc.Nats.Tests.Support;

/// <summary>A message of the tests, with its producer and its number.</summary>
[ChannelMessage]
public partial struct Tick
{
    public int Producer;
    public long Number;
    public string Text;
}
