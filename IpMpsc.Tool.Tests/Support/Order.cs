namespace IpMpsc.Tool.Tests.Support;

/// <summary>A message with fields of every kind that a condition can name.</summary>
[ChannelMessage]
public partial struct Order
{
    public OrderSide Side;
    public ulong Number;
    public float Ratio;
    public decimal Price;
    public double? Limit;
    public bool IsOpen;
    public char Currency;
    public Guid Account;
    public DateTimeOffset At;
    public TimeSpan Life;
    public DateOnly Day;
    public string? Note;
    public Trade Last;
    public int[] Lots;
    public string[] Tags;
    public Quote Origin;
    public Range Part;
}
