using IpMpsc.Benchmarks.Values;

namespace IpMpsc.Benchmarks.Workloads;

/// <summary>
/// Payloads of many sizes in turn, to find a size that is slower than those around it. The workloads of
/// <see cref="Sizes"/> run one after another, and the state of the machine may change in between.
/// </summary>
internal static class Dips
{
    public const string Name = "dips";

    /// <summary>The sizes around a dip that was once found, and then every fourfold.</summary>
    public static readonly int[] Bytes =
        [16, 64, 128, 256, 512, 1 << 10, 4 << 10, 16 << 10, 64 << 10, 256 << 10, 1 << 20];

    public static IReadOnlyList<Workload> All { get; } =
    [
        new(Name, "Payloads of many sizes in turn", Unit.MessagesPerSecond,
            [.. Bytes.Select(static size => Sizes.Bytewise(size) with { Name = NameOf(size) })])
        {
            FirstCount = 16,
        },
    ];

    public static string NameOf(int size) => $"IpMpsc, {size:N0} bytes";
}
