namespace IpMpsc.Tool.Output;

/// <summary>The latest values as a row of bars, the newest on the right.</summary>
internal sealed class Sparkline(int capacity)
{
    private const string Bars = "▁▂▃▄▅▆▇█";

    private readonly Queue<double> _values = new();

    public void Add(double value)
    {
        if (_values.Count == capacity)
        {
            _values.Dequeue();
        }

        _values.Enqueue(value);
    }

    /// <summary>The bars of the newest values.</summary>
    /// <param name="width">How many letters to fill.</param>
    /// <param name="top">The value of the highest bar; by default the largest value.</param>
    public string Draw(int width, double? top = null)
    {
        double most = top ?? _values.DefaultIfEmpty().Max();
        return string.Concat(_values.TakeLast(width).Select(value => most <= 0 || value <= 0
            ? Bars[0]
            : Bars[(int)Math.Clamp(Math.Ceiling(value / most * (Bars.Length - 1)), 1, Bars.Length - 1)])).PadLeft(width);
    }
}
