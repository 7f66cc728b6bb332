namespace IpMpsc.Generators.Tests.Messages;

/// <summary>Every kind of field for which null differs from empty.</summary>
[ChannelMessage]
public partial struct Sparse
{
    public string? Name { get; set; }
    [Utf16] public string? Wide;
    public byte[]? Bytes;
    public int[]? Numbers;
    public ReadOnlyMemory<short>? Samples;
    public Note[]? Notes;
    public ReadOnlyMemory<Note>? More;
}
