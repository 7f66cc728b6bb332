namespace IpMpsc.Extensions.Hosting.Logging;

/// <summary>A named value of a log event, or something that a scope says.</summary>
[ChannelMessage(Name = "IpMpsc.LogField")]
public partial struct LogField
{
    /// <summary>The name; empty for a scope that is only a text.</summary>
    public string Name;

    /// <summary>The value as text, in the invariant culture; null for no value.</summary>
    public string? Value;

    /// <summary>What the text was.</summary>
    public LogFieldKind Kind;
}
