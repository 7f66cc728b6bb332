namespace IpMpsc.Native.Tests.Golden;

/// <summary>The message of the golden images, which tests/peer.c writes by hand.</summary>
[ChannelMessage(Name = "Golden.Note", Id = 7, Version = 2)]
public partial struct Note
{
    public int Number;
    public string Text;

    [Since(2)]
    public double Weight;
}
