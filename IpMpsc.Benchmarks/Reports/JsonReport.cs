using System.Text.Json;
using IpMpsc.Benchmarks.Measuring;
using IpMpsc.Benchmarks.Values;
using IpMpsc.Benchmarks.Workloads;

namespace IpMpsc.Benchmarks.Reports;

/// <summary>The results for a program to read; all times in nanoseconds for each message or round trip.</summary>
internal static class JsonReport
{
    private static readonly JsonSerializerOptions s_options = new() { WriteIndented = true };

    public static string Write(Results results, IReadOnlyList<Figure> figures) => JsonSerializer.Serialize(
        new
        {
            Machine = Machine.This,
            results.Omissions,
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
                series.Lines,
            }),
            Figures = figures.Select(static figure => new { figure.Name, figure.Measured, figure.BoundText, figure.IsReached, figure.States }),
        },
        s_options);

    /// <summary>Reads a report, to draw its charts again. Workloads that no longer exist are left out.</summary>
    public static Results Read(string report)
    {
        using JsonDocument document = JsonDocument.Parse(report);
        Results results = new();
        results.Add(
            from series in document.RootElement.GetProperty(nameof(Series)).EnumerateArray()
            let workload = Catalogue.All.Concat(Catalogue.OnDemand).FirstOrDefault(workload => workload.Name == series.GetProperty(nameof(Workload)).GetString())
            where workload is not null
            select new Series(
                workload,
                new Contender(series.GetProperty(nameof(Contender)).GetString()!, Enum.Parse<ContenderKind>(series.GetProperty("Kind").GetString()!)),
                [.. series.GetProperty(nameof(Series.Values)).EnumerateArray().Select(static value => value.GetDouble())],
                series.GetProperty(nameof(Series.Allocated)).Deserialize<double?>(),
                series.GetProperty(nameof(Series.Percentiles)).Deserialize<double[]?>()));
        return results;
    }
}
