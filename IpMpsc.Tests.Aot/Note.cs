namespace IpMpsc.Tests.Aot;

/// <summary>A message of variable size.</summary>
[ChannelMessage]
public partial struct Note
{
    public int Author;
    public string Text;
    public double[] Samples;
}
