namespace IpMpsc.Tool.Diagnosis;

/// <summary>How serious a finding is: green, yellow or red.</summary>
internal enum Verdict
{
    /// <summary>Nothing to do.</summary>
    Good,

    /// <summary>Channels work, but something could be better or will soon be worse.</summary>
    Warning,

    /// <summary>Channels do not work, or one of them stands still.</summary>
    Problem,
}
