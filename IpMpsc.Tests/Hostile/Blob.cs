namespace IpMpsc.Tests.Hostile;

/// <summary>A message of bytes.</summary>
[ChannelMessage]
public partial struct Blob
{
    public ReadOnlyMemory<byte> Bytes;
}
