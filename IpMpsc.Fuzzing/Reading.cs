namespace IpMpsc.Fuzzing;

/// <summary>Fields of most kinds, whose generated reader and view are read from hostile bytes.</summary>
[ChannelMessage(Version = 2)]
public partial struct Reading
{
    public int Number;
    public double? Value;
    public string Text;
    public Place Where;
    public Place[] Others;
    public byte[] Bytes;
    public List<string> Names;
    public Dictionary<int, string> Labels;
    public DateTimeOffset At;
    public decimal Price;
    [Since(2)]
    public Guid Id;
}

/// <summary>A message within a message.</summary>
[ChannelMessage]
public partial struct Place
{
    public float X;
    public float Y;
    public string Name;
}
