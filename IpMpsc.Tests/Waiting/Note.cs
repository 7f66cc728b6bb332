namespace IpMpsc.Tests.Waiting;

/// <summary>A message of variable size.</summary>
[ChannelMessage]
public partial struct Note
{
    public long Number;
    public string Text;
}
