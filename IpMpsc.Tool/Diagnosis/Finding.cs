namespace IpMpsc.Tool.Diagnosis;

/// <summary>One result of the doctor's checks.</summary>
/// <param name="Subject">What.</param>
/// <param name="Verdict">How serious it is.</param>
/// <param name="Text">What was found, and what to do.</param>
/// <param name="Count">How many alike things it stands for.</param>
internal sealed record Finding(string Subject, VerdictSeverity Verdict, string Text, int Count = 1)
{
    public static Finding Good(string subject, string text) => new(subject, VerdictSeverity.Good, text);

    public static Finding Warning(string subject, string text) => new(subject, VerdictSeverity.Warning, text);

    public static Finding Problem(string subject, string text) => new(subject, VerdictSeverity.Problem, text);
}
