using IpMpsc;

namespace Demo;

/// <summary>A picture of a camera, for the screenshots.</summary>
[ChannelMessage]
public partial struct Frame
{
    public int Width;
    public int Height;
    public string Camera;
    public byte[] Pixels;
}
