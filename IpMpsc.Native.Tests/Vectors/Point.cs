namespace IpMpsc.Native.Tests.Vectors;

/// <summary>A message of fixed size that others contain.</summary>
[ChannelMessage(Name = "Golden.Point", Id = 9)]
public partial struct Point
{
    public double X;
    public double Y;
}
