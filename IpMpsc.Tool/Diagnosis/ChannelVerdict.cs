namespace IpMpsc.Tool.Diagnosis;

/// <summary>One thing that is so with a channel.</summary>
/// <param name="Kind">What.</param>
/// <param name="Severity">How serious it is.</param>
/// <param name="Text">One line that says it, with the time.</param>
/// <param name="Brief">A few words, for a column.</param>
/// <param name="Since">Since when it has been so, as far as it is known; it may have been so for longer.</param>
internal sealed record ChannelVerdict(
    ChannelVerdictKind Kind, Verdict Severity, string Text, string Brief, DateTimeOffset? Since)
{
    /// <summary>The colour in which a verdict of this severity is written.</summary>
    public static string ColourOf(Verdict severity) => severity switch
    {
        Verdict.Good => "green",
        Verdict.Warning => "yellow",
        _ => "red",
    };
}
