namespace IpMpsc.Generators.Tests.Messages;

/// <summary>Alternating fixed and variable fields, as fields, properties and required members.</summary>
[ChannelMessage]
public partial struct Document
{
    public bool IsDraft;
    public string Title { get; set; }
    public Point Origin;
    public ReadOnlyMemory<byte> Body;
    public required byte[] Signature { get; init; }
    public Side Side;
    private long _revision;

    public long Revision
    {
        readonly get => _revision;
        set => _revision = value;
    }
}
