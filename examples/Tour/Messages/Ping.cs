namespace IpMpsc.Examples.Tour;

/// <summary>What goes back and forth to measure a round trip: 32 bytes.</summary>
[ChannelMessage]
internal partial struct Ping
{
    public long Sequence;

    public long First;

    public long Second;

    public long Third;
}
