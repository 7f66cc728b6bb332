namespace IpMpsc.Native.Tests.Golden;

/// <summary>The message in the golden images; native/tests/peer.c encodes it by hand.</summary>
[ChannelMessage(Name = "Golden.Note", Id = 7, Version = 2)]
public partial struct Note
{
    public int Number;
    public string Text;

    [Since(2)]
    public double Weight;
}
