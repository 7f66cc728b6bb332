namespace IpMpsc.Nats.Tests.Support;

/// <summary>A message of the tests: who sent it, and its number there.</summary>
[ChannelMessage]
public partial struct Tick
{
    public int Producer;
    public long Number;
    public string Text;
}
