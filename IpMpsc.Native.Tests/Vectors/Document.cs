namespace IpMpsc.Native.Tests.Vectors;

/// <summary>A message with every kind of variable field.</summary>
[ChannelMessage(Name = "Golden.Document", Id = 11, Version = 2)]
public partial struct Document
{
    public int Number;
    public string Title;

    [Utf16]
    public string Wide;

    public string? Subtitle;
    public byte[] Data;
    public byte[]? Extra;
    public ReadOnlyMemory<double> Weights;
    public Point[] Points;
    public Colour[] Colours;
    public Remark Summary;
    public Remark[] Remarks;

    [Since(2)]
    public string Language;
}
