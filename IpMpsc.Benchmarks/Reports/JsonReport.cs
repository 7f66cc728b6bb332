using System.Text.Json;
using IpMpsc.Benchmarks.Measuring;

namespace IpMpsc.Benchmarks.Reports;

/// <summary>The results for a program to read; all times in nanoseconds for each message or round trip.</summary>
internal static class JsonReport
{
    private static readonly JsonSerializerOptions s_options = new() { WriteIndented = true };

    public static string Write(Results results, IReadOnlyList<Figure> figures) => JsonSerializer.Serialize(
        new
        {
            Machine = Machine.This,
            Percentiles = Percentiles.Points,
            Series = results.All.Select(static series => new
            {
                Workload = series.Workload.Name,
                Contender = series.Contender.Name,
                Kind = series.Contender.Kind.ToString(),
                series.Median,
                series.Least,
                series.Most,
                series.Values,
                series.Allocated,
                series.Percentiles,
            }),
            Figures = figures.Select(static figure => new { figure.Name, figure.Measured, figure.BoundText, figure.IsReached }),
        },
        s_options);
}
