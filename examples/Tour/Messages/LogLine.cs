namespace IpMpsc.Examples.Tour;

/// <summary>A message of variable size: the text follows the numbers in the ring, as UTF-8.</summary>
[ChannelMessage]
internal partial struct LogLine
{
    /// <summary>Which sender sent it, from 0.</summary>
    public int Sender;

    /// <summary>How many lines that sender sent before it.</summary>
    public long Sequence;

    public string Text;
}
