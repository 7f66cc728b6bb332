using IpMpsc;

namespace Exploring.Messages;

/// <summary>Says who has sent it, and the how many-th it is.</summary>
[ChannelMessage]
public partial struct Ping
{
    public int Sender;
    public int Number;
}
