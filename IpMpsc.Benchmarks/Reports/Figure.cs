using IpMpsc.Benchmarks.Measuring;
using IpMpsc.Benchmarks.Values;

namespace IpMpsc.Benchmarks.Reports;

/// <summary>A number that the library has to reach, in relation to something measured in the same run; or a floor, which says what it can reach.</summary>
/// <param name="Name">What is compared with what.</param>
/// <param name="Measured">The number; null if what it needs was not measured.</param>
/// <param name="IsAtMost">Whether it must not be larger; otherwise it must not be smaller.</param>
/// <param name="Bound">What it must reach; null for a floor.</param>
/// <param name="Unit">The unit; empty for a ratio.</param>
internal sealed record Figure(string Name, double? Measured, bool IsAtMost, double? Bound, string Unit = "")
{
    /// <summary>The value in each state of the host; see <see cref="HostState"/>.</summary>
    public string States { get; init; } = "-";

    /// <summary>Whether it was reached; null if it was not measured, or is a floor.</summary>
    public bool? IsReached => Measured is { } measured && Bound is { } bound ? (IsAtMost ? measured <= bound : measured >= bound) : null;

    public string MeasuredText => Measured is { } measured ? $"{Numbers.Ratio(measured)}{Unit}" : "-";

    public string BoundText => Bound is { } bound ? $"{(IsAtMost ? "≤" : "≥")} {Numbers.Ratio(bound)}{Unit}" : "-";

    public string ReachedText => IsReached switch { true => "yes", false => "no", null => Measured is null ? "not measured" : "-" };

    public static Figure AtMost(string name, double? measured, double bound, string unit = "") => new(name, measured, true, bound, unit);

    public static Figure AtLeast(string name, double? measured, double bound) => new(name, measured, false, bound);

    /// <summary>A ratio that says what the machine or the protocol allows, or how much of that the library reaches.</summary>
    public static Figure Floor(string name, Comparison? measured) =>
        new(name, measured?.Value, IsAtMost: false, Bound: null) { States = measured?.States ?? "-" };

    public static Figure AtMost(string name, Comparison? measured, double bound) =>
        AtMost(name, measured?.Value, bound) with { States = measured?.States ?? "-" };

    public static Figure AtLeast(string name, Comparison? measured, double bound) =>
        AtLeast(name, measured?.Value, bound) with { States = measured?.States ?? "-" };
}
