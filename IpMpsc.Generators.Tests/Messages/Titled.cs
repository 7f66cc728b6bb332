namespace IpMpsc.Generators.Tests.Messages;

/// <summary>Properties with init, partial ones, and a required one that keeps its value in a field that is sent.</summary>
[ChannelMessage]
public partial struct Titled
{
    public string Author { get; init; }

    public required int Pages { get; init; }

    internal string _title;

    public required partial string Title { get; set; }

    public long Ticks { get; set; }

    public required DateTime Printed
    {
        readonly get => new(Ticks);
        set
        {
            ArgumentOutOfRangeException.ThrowIfZero(value.Ticks);
            Ticks = value.Ticks;
        }
    }

    public required partial string Title
    {
        get => _title;
        set => _title = value.Length > 0 ? value : throw new ArgumentException("A title has letters.");
    }
}
