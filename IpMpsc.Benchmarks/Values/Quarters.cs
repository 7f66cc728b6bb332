namespace IpMpsc.Benchmarks.Values;

/// <summary>
/// The medians of the smallest and of the largest quarter of some values: their extremes, without single outliers.
/// </summary>
internal readonly record struct Quarters(double Least, double Most)
{
    /// <summary>Null if the values are too few for a quarter.</summary>
    public static Quarters? Of(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        int quarter = sorted.Length / 4;
        return quarter == 0
            ? null
            : new Quarters(sorted[..quarter].Median(), sorted[^quarter..].Median());
    }
}
