namespace IpMpsc.Benchmarks.Messages;

/// <summary>A line as a server writes it into its log.</summary>
[ChannelMessage]
internal partial struct LogLine
{
    public long Number;
    public long Ticks;
    public int Level;
    public string Text;
}
