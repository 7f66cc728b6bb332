using IpMpsc.Benchmarks.Contenders.Library;
using IpMpsc.Benchmarks.Contenders.Sockets;
using IpMpsc.Benchmarks.Values;

namespace IpMpsc.Benchmarks.Workloads;

/// <summary>Payloads from 16 bytes to one MiB.</summary>
internal static class Sizes
{
    public const string Library = "IpMpsc, bytes";
    public const string Socket = "Unix socket";

    public static readonly int[] Bytes = [16, 64, 256, 1 << 10, 4 << 10, 16 << 10, 64 << 10, 256 << 10, 1 << 20];

    public static IReadOnlyList<Workload> All { get; } = [.. Bytes.Select(OfSize)];

    public static string NameOf(int size) => $"size-{size}";

    public static Contender Bytewise(int size) =>
        new(Library, ContenderKind.Library, job => new SizedReceiver(job, size), job => new SizedSender(job, size));

    private static Workload OfSize(int size) =>
        new(NameOf(size), $"Payloads of {size:N0} bytes from one process", Unit.MessagesPerSecond,
            Bytewise(size),
            new(
                Socket,
                ContenderKind.Alternative,
                job => new SizedSocketReceiver(job, size),
                job => new SizedSocketSender(job, size)))
        {
            FirstCount = 16,
            External = [new("size") { Size = size, Capacity = SizedReceiver.CapacityFor(size) }],
        };
}
