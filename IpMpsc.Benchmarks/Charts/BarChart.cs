using IpMpsc.Benchmarks.Measuring;
using IpMpsc.Benchmarks.Values;
using IpMpsc.Benchmarks.Workloads;

namespace IpMpsc.Benchmarks.Charts;

/// <summary>
/// A bar for each contender, on a logarithmic scale: the median, with a thin line from the smallest value to the largest.
/// </summary>
internal static class BarChart
{
    private const double Width = 860;
    private const double Left = 270;
    private const double Right = 110;
    private const double Top = 64;
    private const double RowHeight = 26;

    public static string Draw(Workload workload, IReadOnlyList<Series> all)
    {
        bool isRate = workload.Unit == Unit.MessagesPerSecond;
        double Value(double nanoseconds) => isRate ? 1e9 / nanoseconds : nanoseconds;
        LogScale scale = new(
            all.SelectMany(series => new[] { Value(series.Least), Value(series.Most) }), Left, Width - Right, withRoomBelow: true);

        double bottom = Top + (RowHeight * all.Count);
        Svg svg = new(Width, bottom + 24);
        svg.Text(16, 24, workload.Title, size: 16);
        svg.Text(16, 44, (isRate ? "more is better" : "less is better") + "; logarithmic; blue: IpMpsc, orange: alternatives, grey: limits of the machine");
        foreach (double tick in scale.Ticks)
        {
            svg.Line(scale.Of(tick), Top - 4, scale.Of(tick), bottom, Palette.Grid);
            svg.Text(scale.Of(tick), bottom + 16, Numbers.Tick(isRate ? Numbers.Rate : Numbers.Time, tick), "middle");
        }

        for (int index = 0; index < all.Count; index++)
        {
            Series series = all[index];
            double y = Top + (RowHeight * index);
            double end = scale.Of(Value(series.Median));
            svg.Text(Left - 8, y + 16, series.Contender.Name, "end");
            svg.Rectangle(Left, y + 4, Math.Max(1, end - Left), RowHeight - 10, Palette.Of(series.Contender.Kind));
            svg.Line(scale.Of(Value(series.Least)), y + 12, scale.Of(Value(series.Most)), y + 12, Palette.Text);
            svg.Text(Math.Max(end, scale.Of(Math.Max(Value(series.Least), Value(series.Most)))) + 6, y + 16, Numbers.Text(workload.Unit, series.Median));
        }

        return svg.ToString();
    }
}
