namespace IpMpsc.Generators.Tests.Messages;

/// <summary>A positional record of fixed size with a required property that keeps its value in a field that is sent.</summary>
[ChannelMessage]
public partial record struct Stamped(DateTime At, TimeSpan? Took)
{
    public required long Ticks
    {
        readonly get => At.Ticks;
        set => At = new DateTime(value > 0 ? value : throw new ArgumentOutOfRangeException(nameof(value)));
    }
}
