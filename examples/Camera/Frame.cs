using IpMpsc;

/// <summary>A picture. camera.c sends it, with a header that 'ipmpsc header camera --c' generated from this struct.</summary>
[ChannelMessage(Name = "Camera.Frame", Id = 1)]
public partial struct Frame
{
    /// <summary>Counts the pictures, from 0.</summary>
    public long Number;

    public int Width;
    public int Height;

    /// <summary>Brightness, 0 to 255, line by line.</summary>
    public byte[] Pixels;
}
