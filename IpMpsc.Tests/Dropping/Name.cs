namespace IpMpsc.Tests.Dropping;

/// <summary>Another message, of variable size.</summary>
[ChannelMessage]
public partial struct Name
{
    public int Instrument;
    public string Text;
}
