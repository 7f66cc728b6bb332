using IpMpsc.Benchmarks.Values;

namespace IpMpsc.Benchmarks.Workloads.Crowds;

/// <summary>The time to find the one channel among many that has a message.</summary>
internal static class Sets
{
    public const string WakeUp = "sets";
    public const string Ready = "sets-ready";

    /// <summary>Where their channels lie.</summary>
    public const string Directory = "crowd";

    /// <summary>The numbers of channels.</summary>
    public static readonly int[] Counts = [100, 1_000, 10_000];

    public static IReadOnlyList<Workload> All { get; } =
    [
        new(WakeUp, "Waking a set of sleeping channels, by a message to one of them", Unit.Nanoseconds, WakeUps())
        {
            FixedCount = 100,
        },
        new(Ready, "Asking a set for the channel that has a message", Unit.Nanoseconds, [.. Counts.Select(static count => new Contender(
            NameOf(count), ContenderKind.Library, job => new ReadySet(job, count)))])
        {
            FixedCount = 1_000,
        },
    ];

    public static string NameOf(int channels) => $"IpMpsc, {channels:N0} channels";

    public static string EpollNameOf(int descriptors) => $"epoll and {descriptors:N0} eventfds";

    private static List<Contender> WakeUps()
    {
        List<Contender> contenders = [];
        foreach (int count in Counts)
        {
            contenders.Add(new(NameOf(count), ContenderKind.Library, job => new SetReceiver(job, count), job => new SetSender(job, count)));
            if (OperatingSystem.IsLinux())
            {
                contenders.Add(new(EpollNameOf(count), ContenderKind.Limit, job => new EpollSender(job), job => new EpollReceiver(job, count)));
            }
        }

        return contenders;
    }
}
