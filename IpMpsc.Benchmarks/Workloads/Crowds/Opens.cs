using IpMpsc.Benchmarks.Values;

namespace IpMpsc.Benchmarks.Workloads.Crowds;

/// <summary>The time to create and to open a channel, beside few and beside many others.</summary>
internal static class Opens
{
    public const string Name = "open";

    public static readonly int[] Others = [1, 10_000];

    public static IReadOnlyList<Workload> All { get; } =
    [
        new(Name, "Creating a channel, and opening a sender of one", Unit.Nanoseconds,
        [
            .. Others.Select(static others => new Contender(CreateBeside(others), ContenderKind.Library, job => new Opener(job, others, asSender: false))),
            .. Others.Select(static others => new Contender(OpenBeside(others), ContenderKind.Library, job => new Opener(job, others, asSender: true))),
        ])
        {
            FixedCount = 100,
        },
    ];

    public static string CreateBeside(int others) => $"create, beside {others:N0}";

    public static string OpenBeside(int others) => $"open a sender, beside {others:N0}";
}
