using System.Text;

namespace IpMpsc.Native.Tests.Vectors;

/// <summary>A message with times, exact numbers, and values that may be null.</summary>
[ChannelMessage(Name = "Golden.Moments", Id = 12)]
public partial struct Moments
{
    public DateTime Moment;
    public DateTimeOffset Local;
    public TimeSpan Span;
    public DateOnly Day;
    public TimeOnly Time;
    public decimal Amount;
    public Rune Clef;
    public int? Number;
    public int? Nothing;
    public Point? Place;
    public Colour? Colour;
    public Uri Link;
    public Leaf Leaf;
    public Index Last;
}
