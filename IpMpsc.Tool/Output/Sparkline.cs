namespace IpMpsc.Tool.Output;

/// <summary>The last values of something as a row of bars, the newest on the right.</summary>
internal sealed class Sparkline(int width)
{
    private const string Bars = "▁▂▃▄▅▆▇█";

    private readonly Queue<double> _values = new();

    public void Add(double value)
    {
        if (_values.Count == width)
        {
            _values.Dequeue();
        }

        _values.Enqueue(value);
    }

    /// <summary>The bars, as high as the values are of <paramref name="top"/>; by default of the largest one.</summary>
    public string ToString(double? top)
    {
        double most = top ?? _values.DefaultIfEmpty().Max();
        return string.Concat(_values.Select(value => most <= 0 || value <= 0
            ? Bars[0]
            : Bars[(int)Math.Clamp(Math.Ceiling(value / most * (Bars.Length - 1)), 1, Bars.Length - 1)])).PadLeft(width);
    }

    public override string ToString() => ToString(null);
}
