namespace IpMpsc.Tool.Diagnosis;

/// <summary>How serious a finding is.</summary>
internal enum Verdict
{
    /// <summary>Nothing to do.</summary>
    Good,

    /// <summary>Channels work, but something could be better.</summary>
    Warning,

    /// <summary>Channels do not work.</summary>
    Problem,
}
