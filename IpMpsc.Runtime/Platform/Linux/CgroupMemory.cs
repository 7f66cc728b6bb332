using System.Globalization;
using IpMpsc.Platform.Unix;

namespace IpMpsc.Platform.Linux;

/// <summary>
/// The memory limits of this process's control groups, of version 1 or 2. Beyond such a limit the kernel does not refuse
/// memory but kills a process, so code that allocates a lot asks first.
/// </summary>
/// <param name="processes">The file that names the process's groups, as /proc/self/cgroup.</param>
/// <param name="root">The directory of the mounted hierarchies, as /sys/fs/cgroup.</param>
internal sealed class CgroupMemory(string processes, string root)
{
    /// <summary>For how many milliseconds the groups that have a limit are not looked for again.</summary>
    private const int Freshness = 1_000;

    /// <summary>Version 1 says "no limit" with a number close to the largest one.</summary>
    private const long Unlimited = 1L << 60;

    private readonly Lock _gate = new();
    private List<Group>? _limited;
    private long _lookedAt;

    public static CgroupMemory Current { get; } = new("/proc/self/cgroup", "/sys/fs/cgroup");

    /// <summary>The limit that leaves least. Null if there is none, or if none can be read.</summary>
    public MemoryLimit? FindTightest()
    {
        MemoryLimit? tightest = null;
        foreach (Group group in FindLimited())
        {
            MemoryLimit? limit = group.Read();
            if (limit is not null && (tightest is null || limit.Value.Available < tightest.Value.Available))
            {
                tightest = limit;
            }
        }

        return tightest;
    }

    private List<Group> FindLimited()
    {
        lock (_gate)
        {
            long now = Environment.TickCount64;
            if (_limited is null || now - _lookedAt > Freshness)
            {
                _limited = FindGroups();
                _limited.RemoveAll(static group => group.Limit is null);
                _lookedAt = now;
            }

            return _limited;
        }
    }

    /// <summary>The process's groups and those that contain them.</summary>
    private List<Group> FindGroups()
    {
        List<Group> groups = [];
        foreach (string line in (LinuxCalls.ReadText(processes) ?? "").Split('\n'))
        {
            // number:controllers:path, where version 2 has the number 0 and no controllers.
            string[] parts = line.Split(':', 3);
            bool isFirst = parts is [_, var controllers, _] && controllers.Split(',').Contains("memory");
            if (!isFirst && parts is not ["0", "", _])
            {
                continue;
            }

            string hierarchy = isFirst ? Path.Join(root, "memory")
                : Directory.Exists(Path.Join(root, "unified")) ? Path.Join(root, "unified") : root;

            // A container may see the path of its group outside, although its hierarchy begins with that group.
            string path = Directory.Exists(Path.Join(hierarchy, parts[2])) ? parts[2] : "/";
            for (string? group = path; group is not null; group = Path.GetDirectoryName(group))
            {
                groups.Add(new Group(Path.Join(hierarchy, group), isFirst));
            }
        }

        return groups;
    }

    /// <summary>One directory of a hierarchy.</summary>
    private sealed record Group(string Path, bool IsOfVersion1)
    {
        public long? Limit => Number(IsOfVersion1 ? "memory.limit_in_bytes" : "memory.max");

        /// <summary>The limit and what it leaves: the kernel gives up cached pages of files, and swaps, before it kills.</summary>
        public MemoryLimit? Read()
        {
            if (Limit is not { } limit || Number(IsOfVersion1 ? "memory.usage_in_bytes" : "memory.current") is not { } used)
            {
                return null;
            }

            string statistics = LinuxCalls.ReadText(Join("memory.stat")) ?? "";
            string prefix = IsOfVersion1 ? "total_" : "";
            long cached = Statistic(statistics, $"{prefix}inactive_file") + Statistic(statistics, $"{prefix}active_file");
            return new MemoryLimit(Math.Max(0, limit - used) + Math.Min(cached, used) + Swap(limit, used), limit, Path);
        }

        /// <summary>What may still be swapped out, if the system has that much swap space.</summary>
        private long Swap(long limit, long used)
        {
            long allowed = IsOfVersion1
                ? (Number("memory.memsw.limit_in_bytes") ?? long.MaxValue) - limit
                    - Math.Max(0, (Number("memory.memsw.usage_in_bytes") ?? used) - used)
                : (Number("memory.swap.max") ?? long.MaxValue) - (Number("memory.swap.current") ?? 0);
            return Math.Clamp(allowed, 0, 1024 * Statistic(LinuxCalls.ReadText("/proc/meminfo") ?? "", "SwapFree:"));
        }

        private long? Number(string file) =>
            long.TryParse(LinuxCalls.ReadText(Join(file)), NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out long number)
            && number < Unlimited
                ? number
                : null;

        private string Join(string file) => System.IO.Path.Join(Path, file);

        private static long Statistic(string text, string name)
        {
            foreach (string line in text.Split('\n'))
            {
                string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
                if (words.Length >= 2 && words[0] == name
                    && long.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out long number))
                {
                    return number;
                }
            }

            return 0;
        }
    }
}
