namespace IpMpsc.Tool.Diagnosis;

/// <summary>The colours of verdicts: green, yellow, red.</summary>
internal static class VerdictColour
{
    public static string Of(VerdictSeverity severity) => severity switch
    {
        VerdictSeverity.Good => "green",
        VerdictSeverity.Warning => "yellow",
        _ => "red",
    };
}
