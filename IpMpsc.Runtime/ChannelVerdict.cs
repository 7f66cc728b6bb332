namespace IpMpsc;

/// <summary>One thing that is true of a channel, see <see cref="ChannelJudge"/>.</summary>
/// <param name="Kind">What is true.</param>
/// <param name="Severity">How serious it is.</param>
/// <param name="Text">A line of text that says it, with the time.</param>
/// <param name="Brief">The same in a few words, for the column of a table.</param>
/// <param name="Since">When it was first seen to be true; it may have been true for longer. Null if that is not known.</param>
public sealed record ChannelVerdict(
    ChannelVerdictKind Kind, VerdictSeverity Severity, string Text, string Brief, DateTimeOffset? Since);
