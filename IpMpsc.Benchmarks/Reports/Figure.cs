using IpMpsc.Benchmarks.Measuring;
using IpMpsc.Benchmarks.Values;

namespace IpMpsc.Benchmarks.Reports;

/// <summary>A number that the library has to reach, in relation to something measured in the same run.</summary>
/// <param name="Name">What is compared with what.</param>
/// <param name="Measured">The number; null if what it needs was not measured.</param>
/// <param name="IsAtMost">Whether it must not be larger; otherwise it must not be smaller.</param>
/// <param name="Bound">What it must reach.</param>
/// <param name="Unit">The unit; empty for a ratio.</param>
internal sealed record Figure(string Name, double? Measured, bool IsAtMost, double Bound, string Unit = "")
{
    /// <summary>The value in each state of the host; see <see cref="HostState"/>.</summary>
    public string States { get; init; } = "-";

    /// <summary>Whether it was reached; null if it was not measured.</summary>
    public bool? IsReached => Measured is { } measured ? (IsAtMost ? measured <= Bound : measured >= Bound) : null;

    public string MeasuredText => Measured is { } measured ? $"{Numbers.Ratio(measured)}{Unit}" : "-";

    public string BoundText => $"{(IsAtMost ? "≤" : "≥")} {Numbers.Ratio(Bound)}{Unit}";

    public string ReachedText => IsReached switch { true => "yes", false => "no", null => "not measured" };

    public static Figure AtMost(string name, double? measured, double bound, string unit = "") => new(name, measured, true, bound, unit);

    public static Figure AtLeast(string name, double? measured, double bound) => new(name, measured, false, bound);

    public static Figure AtMost(string name, Comparison? measured, double bound) =>
        AtMost(name, measured?.Value, bound) with { States = measured?.States ?? "-" };

    public static Figure AtLeast(string name, Comparison? measured, double bound) =>
        AtLeast(name, measured?.Value, bound) with { States = measured?.States ?? "-" };
}
