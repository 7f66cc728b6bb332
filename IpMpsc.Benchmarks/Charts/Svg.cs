using System.Globalization;
using System.Security;
using System.Text;

namespace IpMpsc.Benchmarks.Charts;

/// <summary>Draws an SVG image that is readable on light and dark backgrounds.</summary>
internal sealed class Svg(double width, double height)
{
    private readonly StringBuilder _body = new();

    public void Rectangle(double x, double y, double width, double height, string colour) =>
        _body.AppendLine(CultureInfo.InvariantCulture, $"""<rect x="{x:0.#}" y="{y:0.#}" width="{width:0.#}" height="{height:0.#}" fill="{colour}"/>""");

    public void Line(double x1, double y1, double x2, double y2, string colour, double thickness = 1) => _body.AppendLine(
        CultureInfo.InvariantCulture,
        $"""<line x1="{x1:0.#}" y1="{y1:0.#}" x2="{x2:0.#}" y2="{y2:0.#}" stroke="{colour}" stroke-width="{thickness:0.#}"/>""");

    public void Polyline(IEnumerable<(double X, double Y)> points, string colour)
    {
        string path = string.Join(' ', points.Select(static point => string.Create(CultureInfo.InvariantCulture, $"{point.X:0.#},{point.Y:0.#}")));
        _body.AppendLine($"""<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>""");
    }

    public void Dot(double x, double y, string colour) =>
        _body.AppendLine(CultureInfo.InvariantCulture, $"""<circle cx="{x:0.#}" cy="{y:0.#}" r="3" fill="{colour}"/>""");

    /// <summary>Writes a text; the anchor is "start", "middle" or "end".</summary>
    public void Text(double x, double y, string text, string anchor = "start", double size = 12) => _body.AppendLine(
        CultureInfo.InvariantCulture,
        $"""<text x="{x:0.#}" y="{y:0.#}" text-anchor="{anchor}" font-size="{size:0.#}" fill="{Palette.Text}">{SecurityElement.Escape(text)}</text>""");

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"""
         <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:0.#} {height:0.#}" width="{width:0.#}" height="{height:0.#}" font-family="sans-serif">
         <rect width="100%" height="100%" fill="{Palette.Paper}"/>
         {_body}</svg>

         """);
}
