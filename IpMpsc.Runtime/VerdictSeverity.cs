namespace IpMpsc;

/// <summary>How serious a verdict is: green, yellow or red.</summary>
public enum VerdictSeverity
{
    /// <summary>Nothing to do.</summary>
    Good,

    /// <summary>Channels work, but something could be better or will soon be worse.</summary>
    Warning,

    /// <summary>Channels do not work, or one of them stands still.</summary>
    Problem,
}
