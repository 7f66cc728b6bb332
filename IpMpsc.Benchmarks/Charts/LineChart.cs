using IpMpsc.Benchmarks.Values;

namespace IpMpsc.Benchmarks.Charts;

/// <summary>Lines over named places, on a logarithmic scale, with a legend.</summary>
internal static class LineChart
{
    private const double Width = 860;
    private const double Height = 420;
    private const double Left = 80;
    private const double Right = 230;
    private const double Top = 64;
    private const double Bottom = 48;

    /// <summary>Draws a chart.</summary>
    /// <param name="title">The title above it.</param>
    /// <param name="subtitle">The line below the title.</param>
    /// <param name="places">Names along the horizontal axis.</param>
    /// <param name="lines">A name and a value for each place; null where there is none.</param>
    /// <param name="text">How a value of the vertical axis is written.</param>
    public static string Draw(
        string title, string subtitle, IReadOnlyList<string> places, IReadOnlyList<(string Name, double?[] Values)> lines, Func<double, string> text)
    {
        LogScale scale = new(
            lines.SelectMany(static line => line.Values).Select(static value => value ?? 0), Height - Bottom, Top, withRoomBelow: true);
        double X(int index) => Left + (index * (Width - Left - Right) / Math.Max(1, places.Count - 1));

        Svg svg = new(Width, Height);
        svg.Text(16, 24, title, size: 16);
        svg.Text(16, 44, subtitle);
        foreach (double tick in scale.Ticks)
        {
            svg.Line(Left, scale.Of(tick), Width - Right, scale.Of(tick), Palette.Grid);
            svg.Text(Left - 8, scale.Of(tick) + 4, Numbers.Tick(text, tick), "end");
        }

        for (int index = 0; index < places.Count; index++)
        {
            svg.Text(X(index), Height - Bottom + 20, places[index], "middle");
        }

        for (int line = 0; line < lines.Count; line++)
        {
            string colour = Palette.OfLine(line);
            (double X, double Y)[] points =
            [
                .. from place in Enumerable.Range(0, places.Count)
                   where lines[line].Values[place] is > 0
                   select (X(place), scale.Of(lines[line].Values[place]!.Value)),
            ];
            svg.Polyline(points, colour);
            Array.ForEach(points, point => svg.Dot(point.X, point.Y, colour));
            svg.Rectangle(Width - Right + 16, Top + (line * 22), 12, 12, colour);
            svg.Text(Width - Right + 34, Top + 11 + (line * 22), lines[line].Name);
        }

        return svg.ToString();
    }
}
