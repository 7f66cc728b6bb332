using IpMpsc.Benchmarks.Contenders.Library;
using IpMpsc.Benchmarks.Contenders.Sockets;
using IpMpsc.Benchmarks.Limits;
using IpMpsc.Benchmarks.Values;

namespace IpMpsc.Benchmarks.Workloads;

/// <summary>Log lines: text of many lengths, in UTF-8.</summary>
internal static class Lines
{
    public const string Name = "lines";
    public const string Strings = "IpMpsc, from strings";
    public const string Filled = "IpMpsc, filled in place";
    public const string Transcoding = "transcoding alone";

    public static IReadOnlyList<Workload> All { get; } =
    [
        new(Name, "Log lines of 13 to 155 characters", Unit.MessagesPerSecond,
            new(
                Strings,
                ContenderKind.Library,
                static job => new LineReceiver(job),
                static job => new LineSender(job, inPlace: false)),
            new(
                Filled,
                ContenderKind.Library,
                static job => new LineReceiver(job),
                static job => new LineSender(job, inPlace: true)),
            new(
                "Unix socket",
                ContenderKind.Alternative,
                static job => new LineSocketReceiver(job),
                static job => new LineSocketSender(job)),
            new(Transcoding, ContenderKind.Limit, static job => new Transcoder(job)))
        {
            External = [new("lines")],
        },
    ];
}
