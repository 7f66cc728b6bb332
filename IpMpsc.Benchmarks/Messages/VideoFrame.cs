namespace IpMpsc.Benchmarks.Messages;

/// <summary>A picture of 3840 x 2160 in YUV 4:2:0, 12,441,600 bytes.</summary>
[ChannelMessage]
internal partial struct VideoFrame
{
    public const int Width = 3840;
    public const int Height = 2160;
    public const int Luma = Width * Height;
    public const int Chroma = Luma / 4;

    /// <summary>Bytes of the three planes.</summary>
    public const int Size = Luma + (2 * Chroma);

    public long Number;
    public ReadOnlyMemory<byte> Y;
    public ReadOnlyMemory<byte> U;
    public ReadOnlyMemory<byte> V;
}
