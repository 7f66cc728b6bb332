namespace IpMpsc.Native.Tests.Vectors;

/// <summary>A message with variable fields that others contain.</summary>
[ChannelMessage(Name = "Golden.Remark", Id = 10)]
public partial struct Remark
{
    public string? Author;
    public long[] Marks;
}
