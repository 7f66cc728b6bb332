namespace IpMpsc.Benchmarks.Charts;

/// <summary>Places values on a logarithmic axis.</summary>
internal sealed class LogScale
{
    private readonly double _least;
    private readonly double _most;
    private readonly double _from;
    private readonly double _to;

    /// <summary>An axis that holds all values.</summary>
    /// <param name="values">The values to place, all positive.</param>
    /// <param name="from">Where the smallest one lies.</param>
    /// <param name="to">Where the largest one lies.</param>
    /// <param name="withRoomBelow">Whether the axis begins at a power of ten, so that the smallest bar is visible.</param>
    public LogScale(IEnumerable<double> values, double from, double to, bool withRoomBelow)
    {
        double[] positive = [.. values.Where(static value => value > 0).DefaultIfEmpty(1)];
        double least = Math.Log10(positive.Min());
        double most = Math.Log10(positive.Max());
        _least = withRoomBelow ? Math.Floor(least - 0.05) : least;
        _most = Math.Max(most, _least + 0.1);
        _from = from;
        _to = to;
    }

    /// <summary>The powers of ten on the axis.</summary>
    public IEnumerable<double> Ticks
    {
        get
        {
            for (double exponent = Math.Ceiling(_least - 1e-9); exponent <= _most + 1e-9; exponent++)
            {
                yield return Math.Pow(10, exponent);
            }
        }
    }

    public double Of(double value) =>
        _from + ((Math.Max(Math.Log10(Math.Max(value, double.Epsilon)), _least) - _least) / (_most - _least) * (_to - _from));
}
