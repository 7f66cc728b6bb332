namespace IpMpsc;

/// <summary>One thing that is true of a channel, see <see cref="ChannelJudge"/>.</summary>
/// <param name="Kind">What.</param>
/// <param name="Severity">How serious it is.</param>
/// <param name="Text">One line that says it, with the time.</param>
/// <param name="Brief">A few words, for a column.</param>
/// <param name="Since">Since when it has been so, as far as it is known; it may have been so for longer.</param>
public sealed record ChannelVerdict(
    ChannelVerdictKind Kind, VerdictSeverity Severity, string Text, string Brief, DateTimeOffset? Since);
