using System.Globalization;

namespace IpMpsc.Examples.VideoPipeline;

/// <summary>What the processes of one run agree on; it travels on their command lines.</summary>
internal sealed record Settings(DropPolicy Policy, int Frames, int Width, int Height, int WorkMilliseconds, string Channel)
{
    public const int Cameras = 2;

    private const int FramesPerSecond = 60;

    /// <summary>Frames that fit the ring: enough for three in work, some that wait, and one that is being written.</summary>
    private const int FramesInRing = 8;

    public static TimeSpan FrameTime { get; } = TimeSpan.FromSeconds(1.0 / FramesPerSecond);

    /// <summary>Bytes of a frame in NV12: one for each pixel, and two more for every four pixels.</summary>
    public int FrameSize => Width * Height * 3 / 2;

    public IpcChannelOptions Options => new()
    {
        Capacity = (long)System.Numerics.BitOperations.RoundUpToPowerOf2((ulong)(FramesInRing * (FrameSize + 4096L))),
        EndWithSenders = true,
    };

    public IEnumerable<string> Words =>
    [
        $"{Policy}", Text(Frames), Text(Width), Text(Height), Text(WorkMilliseconds), Channel,
    ];

    public static Settings Parse(IReadOnlyList<string> words) => new(
        words is [var policy, ..] ? Enum.Parse<DropPolicy>(policy, ignoreCase: true) : DropPolicy.Block,
        Number(words, 1, 120),
        Number(words, 2, 3840),
        Number(words, 3, 2160),
        Number(words, 4, 20),
        words.Count > 5 ? words[5] : $"video-{Environment.ProcessId}");

    private static int Number(IReadOnlyList<string> words, int index, int otherwise) =>
        index < words.Count ? int.Parse(words[index], CultureInfo.InvariantCulture) : otherwise;

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
