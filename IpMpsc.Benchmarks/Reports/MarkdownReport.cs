using System.Text;
using IpMpsc.Benchmarks.Measuring;
using IpMpsc.Benchmarks.Values;
using IpMpsc.Benchmarks.Workloads;

namespace IpMpsc.Benchmarks.Reports;

/// <summary>The results as a page of Markdown.</summary>
internal static class MarkdownReport
{
    public static string Write(Results results, IReadOnlyList<Figure> figures)
    {
        StringBuilder page = new();
        page.AppendLine("# Results").AppendLine().AppendLine($"Measured on {Machine.This}.").AppendLine();
        foreach (string omission in results.Omissions)
        {
            page.AppendLine(omission).AppendLine();
        }

        foreach (Workload workload in results.Workloads)
        {
            page.AppendLine($"## {workload.Title}").AppendLine();
            page.AppendLine($"| {string.Join(" | ", Row.Titles)} |").AppendLine("|---|---|---|---|---|---|");
            foreach (Series series in results.Of(workload))
            {
                page.AppendLine($"| {string.Join(" | ", Row.Of(series))} |");
            }

            AppendDistribution(page, results.Of(workload));
            page.AppendLine();
        }

        page.AppendLine("## Figures").AppendLine().AppendLine($"On {Machine.This.Processor}; {HostState.Legend}.").AppendLine();
        page.AppendLine("| figure | measured | must be | reached | by state of the host |").AppendLine("|---|---|---|---|---|");
        foreach (Figure figure in figures)
        {
            page.AppendLine($"| {figure.Name} | {figure.MeasuredText} | {figure.BoundText} | {figure.ReachedText} | {figure.States} |");
        }

        return page.ToString();
    }

    private static void AppendDistribution(StringBuilder page, IReadOnlyList<Series> all)
    {
        if (!all.Any(static series => series.Percentiles is not null))
        {
            return;
        }

        page.AppendLine().AppendLine($"| each trip timed | {string.Join(" | ", Percentiles.Points.Select(point => $"p{Numbers.Plain(point)}"))} |");
        page.AppendLine("|---" + string.Concat(Enumerable.Repeat("|---", Percentiles.Points.Length)) + "|");
        foreach (Series series in all.Where(static series => series.Percentiles is not null))
        {
            page.AppendLine($"| {series.Contender.Name} | {string.Join(" | ", series.Percentiles!.Select(Numbers.Time))} |");
        }
    }
}
