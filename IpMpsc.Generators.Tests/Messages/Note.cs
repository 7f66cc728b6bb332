namespace IpMpsc.Generators.Tests.Messages;

/// <summary>A message with variable fields that others contain.</summary>
[ChannelMessage]
public partial record struct Note
{
    public byte Stars;
    public string Author { get; set; }
    public Int128[] Marks;
}
