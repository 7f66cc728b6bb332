using System.Globalization;
using System.Text;

namespace IpMpsc.Tool.Exporting;

/// <summary>Metrics in the text format of Prometheus, version 0.0.4.</summary>
internal sealed class MetricsText
{
    private readonly StringBuilder _text = new();

    /// <summary>Writes a metric with a sample for each item.</summary>
    /// <param name="name">Its name; that of a counter ends in _total.</param>
    /// <param name="help">What it is, in one line.</param>
    /// <param name="samples">Labels and values.</param>
    public void Write(string name, string help, IEnumerable<((string Name, string Value)[] Labels, double Value)> samples)
    {
        string type = name.EndsWith("_total", StringComparison.Ordinal) ? "counter" : "gauge";
        _text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {help}\n# TYPE {name} {type}\n");
        foreach (((string Name, string Value)[] labels, double value) in samples)
        {
            _text.Append(name);
            if (labels.Length > 0)
            {
                _text.Append('{').AppendJoin(',', labels.Select(static label => $"{label.Name}=\"{Escape(label.Value)}\"")).Append('}');
            }

            _text.Append(CultureInfo.InvariantCulture, $" {value}\n");
        }
    }

    public override string ToString() => _text.ToString();

    private static string Escape(string value) => value
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("\"", "\\\"", StringComparison.Ordinal)
        .Replace("\n", "\\n", StringComparison.Ordinal);
}
