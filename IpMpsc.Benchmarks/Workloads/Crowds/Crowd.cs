using IpMpsc.Benchmarks.Messages;
using IpMpsc.Benchmarks.Roles;

namespace IpMpsc.Benchmarks.Workloads.Crowds;

/// <summary>
/// Many channels in a directory of their own, which this process has open as their receiver until it ends. They are created once
/// and used by every run, and are small, so that ten thousand fit everywhere.
/// </summary>
internal sealed class Crowd
{
    /// <summary>How many members are chosen.</summary>
    public const int SampleSize = 64;

    private static readonly Dictionary<string, Crowd> s_crowds = [];

    private static readonly IpcChannelOptions s_small = new() { Capacity = 4096, MaxSenders = 4 };

    private readonly string _directory;
    private readonly List<Receiver<Dated>> _receivers = [];

    private Crowd(string directory) => _directory = directory;

    public string Directory => _directory;

    /// <summary>The receivers of a number of channels.</summary>
    public static Crowd Of(Job job, string name, int channels)
    {
        string directory = DirectoryOf(job, name);
        if (!s_crowds.TryGetValue(directory, out Crowd? crowd))
        {
            s_crowds.Add(directory, crowd = new Crowd(System.IO.Directory.CreateDirectory(directory).FullName));
        }

        while (crowd._receivers.Count < channels)
        {
            crowd._receivers.Add(Receiver<Dated>.Create(PathOf(directory, crowd._receivers.Count), s_small));
        }

        return crowd;
    }

    /// <summary>The first of its receivers.</summary>
    public Receiver<Dated>[] Take(int channels) => [.. _receivers.Take(channels)];

    /// <summary>Where the channels of a run lie.</summary>
    public static string DirectoryOf(Job job, string name) => Path.Join(Path.GetDirectoryName(job.Address), name);

    public static string PathOf(string directory, int index) => Path.Join(directory, $"channel{index}");

    /// <summary>
    /// Some of the members, random but the same in every process and run. A sender for each of thousands would
    /// not show more.
    /// </summary>
    public static int[] Sample(int channels)
    {
        Random random = new(channels);
        return [.. Enumerable.Range(0, SampleSize).Select(_ => random.Next(channels))];
    }
}
