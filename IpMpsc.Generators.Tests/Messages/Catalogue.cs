namespace IpMpsc.Generators.Tests.Messages;

/// <summary>Every kind of field that lies behind the fixed block.</summary>
[ChannelMessage]
public partial struct Catalogue
{
    public byte Kind;
    public Eight Eight;
    public long[] Numbers;
    public ReadOnlyMemory<double> Weights;
    public Point[] Points;
    public Side[] Sides;
    public bool[] Flags;
    [Utf16] public string Title;
    public ReadOnlyMemory<char> Letters;
    public Note Summary;
    public Note[] Notes;
    public ReadOnlyMemory<Note> More;
    public ChannelAddress ReplyTo;
}
