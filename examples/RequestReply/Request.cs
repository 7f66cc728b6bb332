using IpMpsc;

/// <summary>A text whose words are to be counted.</summary>
[ChannelMessage]
public partial struct Request
{
    public int Number;
    public string Text;

    /// <summary>The channel on which the one who asks waits for the answer.</summary>
    public ChannelAddress ReplyTo;
}
