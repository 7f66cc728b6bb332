using IpMpsc.Benchmarks.Workloads;

namespace IpMpsc.Benchmarks.Charts;

/// <summary>The colours of the charts.</summary>
internal static class Palette
{
    public const string Paper = "#ffffff";
    public const string Text = "#333333";
    public const string Grid = "#dddddd";

    /// <summary>They also differ in brightness.</summary>
    private static readonly string[] s_lines =
        ["#1f4e9c", "#d9731a", "#2e8b57", "#b02a4a", "#7a5ab5", "#8a6d3b", "#3aa6b9", "#666666", "#c9a800", "#e377c2", "#111111", "#99bb44"];

    public static string Of(ContenderKind kind) => kind switch
    {
        ContenderKind.Library => "#1f4e9c",
        ContenderKind.Alternative => "#d9731a",
        _ => "#8a8a8a",
    };

    public static string OfLine(int index) => s_lines[index % s_lines.Length];
}
