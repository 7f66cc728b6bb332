namespace IpMpsc.Examples;

/// <summary>A line of text: what Send sends and Receive prints. Both programs compile this one file.</summary>
[ChannelMessage]
internal partial struct TextLine
{
    /// <summary>The line without its end; UTF-8 in the ring.</summary>
    public string Text;
}
