using IpMpsc;

/// <summary>A text whose words are to be counted.</summary>
[ChannelMessage]
public partial struct Request
{
    public int Number;
    public string Text;

    /// <summary>The channel on which the client waits for the reply.</summary>
    public ChannelAddress ReplyTo;
}
