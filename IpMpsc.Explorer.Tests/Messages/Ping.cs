using IpMpsc;

namespace Exploring.Messages;

/// <summary>A message with the numbers of its sender and of itself.</summary>
[ChannelMessage]
public partial struct Ping
{
    public int Sender;
    public int Number;
}
