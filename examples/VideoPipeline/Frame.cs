namespace IpMpsc.Examples.VideoPipeline;

/// <summary>An uncompressed picture: 12.4 MB in 4K.</summary>
[ChannelMessage]
public partial struct Frame
{
    public int Camera;
    public int Number;

    /// <summary>When it was captured, on the monotonic clock that all processes of a machine share.</summary>
    public long Captured;

    public ReadOnlyMemory<byte> Pixels;
}
