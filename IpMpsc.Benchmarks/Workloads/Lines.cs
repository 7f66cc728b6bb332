using IpMpsc.Benchmarks.Contenders;

namespace IpMpsc.Benchmarks.Workloads;

/// <summary>Log lines: text of many lengths, in UTF-8.</summary>
internal static class Lines
{
    public static IReadOnlyList<Workload> All { get; } =
    [
        new("lines", "Log lines of 13 to 155 characters", Unit.MessagesPerSecond,
            new(
                "IpMpsc, from strings",
                ContenderKind.Library,
                static job => new LineReceiver(job),
                static job => new LineSender(job, inPlace: false)),
            new(
                "IpMpsc, filled in place",
                ContenderKind.Library,
                static job => new LineReceiver(job),
                static job => new LineSender(job, inPlace: true)),
            new(
                "Unix socket",
                ContenderKind.Alternative,
                static job => new LineSocketReceiver(job),
                static job => new LineSocketSender(job))),
    ];
}
