using System.Text;

namespace IpMpsc.Generators.Tests.Messages;

/// <summary>Values of fixed size whose bytes in a payload differ from those in memory.</summary>
[ChannelMessage]
public partial record struct Moments
{
    public DateTime Time;
    public DateTimeOffset There { get; set; }
    public TimeSpan Span;
    public DateOnly Day;
    public TimeOnly Clock;
    public decimal Price;
    public Rune Letter;
    public int? Count;
    public bool? Flag { get; init; }
    public decimal? Limit;
    public Side? Side;
    public Point? Where;
    public (byte Level, long Id) Pair;
    public Index Place;
    public Range Part;
}
