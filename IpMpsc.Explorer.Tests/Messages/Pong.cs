using IpMpsc;

namespace Exploring.Messages;

/// <summary>The same, with a field of variable length.</summary>
[ChannelMessage]
public partial struct Pong
{
    public int Sender;
    public int Number;
    public byte[] Ballast;
}
