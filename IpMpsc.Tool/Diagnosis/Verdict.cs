namespace IpMpsc.Tool.Diagnosis;

/// <summary>How a finding is to be taken.</summary>
internal enum Verdict
{
    /// <summary>As it should be.</summary>
    Good,

    /// <summary>It works, and could be better.</summary>
    Warning,

    /// <summary>Channels do not work like this.</summary>
    Problem,
}
