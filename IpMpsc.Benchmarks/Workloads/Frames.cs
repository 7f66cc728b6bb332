using IpMpsc.Benchmarks.Contenders.Library;
using IpMpsc.Benchmarks.Contenders.Sockets;
using IpMpsc.Benchmarks.Limits;
using IpMpsc.Benchmarks.Messages;
using IpMpsc.Benchmarks.Roles;
using IpMpsc.Benchmarks.Values;

namespace IpMpsc.Benchmarks.Workloads;

/// <summary>4K video, 12.4 MB for each frame, in a ring of 32 MiB.</summary>
internal static class Frames
{
    public const string Name = "frames";
    public const string Copied = "IpMpsc, copied, spinning";
    public const string InPlace = "IpMpsc, drawn in place, spinning";
    public const string Copy = "Span.CopyTo alone";
    public const string Draw = "drawing alone";

    public static IReadOnlyList<Workload> All { get; } =
    [
        new(Name, "4K YUV 4:2:0 frames of 12,441,600 bytes", Unit.Nanoseconds,
            Of(Copied, WaitStrategy.SpinOnly, inPlace: false),
            Of("IpMpsc, copied, default", default, inPlace: false),
            Of(InPlace, WaitStrategy.SpinOnly, inPlace: true),
            Of("IpMpsc, drawn in place, default", default, inPlace: true),
            new(
                "Unix socket",
                ContenderKind.Alternative,
                static job => new FrameSocketReceiver(job),
                static job => new FrameSocketSender(job)),
            new(Copy, ContenderKind.Limit, static job => new FrameStore(job, draws: false)),
            new(Draw, ContenderKind.Limit, static job => new FrameStore(job, draws: true)))
        {
            FirstCount = 4,
            External =
            [
                new("frames") { Size = VideoFrame.Size, Capacity = FrameReceiver.Capacity },
                new(ExternalWork.CopyFrame) { Size = VideoFrame.Size, Capacity = FrameReceiver.Capacity },
            ],
        },
    ];

    private static Contender Of(string name, WaitStrategy strategy, bool inPlace) => new(
        name, ContenderKind.Library, job => new FrameReceiver(job, strategy), job => new FrameSender(job, inPlace));
}
