namespace IpMpsc.Generators.Diagnostics;

/// <summary>
/// What all rules have in common. Each still writes its descriptor in full: the compiler's own analyzers, which
/// compare the rules with <c>AnalyzerReleases.*.md</c>, see only what is constant there.
/// </summary>
internal static class Rule
{
    public const string Category = "IpMpsc";

    /// <summary>The page that explains a rule, with a wrong and a right example.</summary>
    public static string Page(string id) => $"https://github.com/ipmpsc/ipmpsc/blob/main/docs/diagnostics/{id}.md";
}
