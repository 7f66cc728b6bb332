using System.Globalization;
using IpMpsc.Platform.Linux;
using IpMpsc.Platform.Unix;
using IpMpsc.Tests.Crashes;
using IpMpsc.Tests.Peer;
using IpMpsc.Tests.Support;

namespace IpMpsc.Tests.Files;

/// <summary>A channel that exceeds the memory limit of the creator's control group is refused, because allocating it would kill the creator.</summary>
[Platform("Linux", Reason = "Uses control groups")]
public sealed class MemoryLimitTests : ChannelFixture
{
    private const long MiB = 1 << 20;

    [Test]
    public void LimitIsReportedBeforeItKills()
    {
        string group = MakeGroup(150 * MiB);
        try
        {
            using PeerProcess peer = PeerProcess.Start(CrashOrder.Stop("create.allocate"), "create", ChannelPath, $"{512 * MiB}", "0022");
            peer.AwaitStopped();
            File.WriteAllText(Path.Join(group, "cgroup.procs"), peer.Id.ToString(CultureInfo.InvariantCulture));
            peer.Continue();

            peer.ExpectExit(ExitCode.Channel);
            Assert.That(peer.Transcript(), Does.Contain("536,883,200 bytes of memory").And.Contain(group).And.Contain("157,286,400"));
            Assert.That(Directory.Names, Is.Empty);
        }
        finally
        {
            System.IO.Directory.Delete(group);
        }
    }

    /// <summary>The numbers of both versions of control groups, as the kernel writes them.</summary>
    [TestCase("0::/pod/box\n", "pod/box", "memory.max", "memory.current", "", 1000 - 300 + 50)]
    [TestCase("12:pids:/x\n4:cpu,memory:/pod/box\n", "memory/pod/box", "memory.limit_in_bytes", "memory.usage_in_bytes", "total_", 1000 - 300 + 50)]
    public void BothVersionsAreRead(string processes, string group, string limit, string used, string prefix, long available)
    {
        File.WriteAllText(Directory["cgroup"], processes);
        Write(group, limit, "1000\n");
        Write(group, used, "300\n");
        Write(group, "memory.stat", $"{prefix}inactive_file 20\n{prefix}active_file 30\nshmem 200\n");
        Write(group, "memory.swap.max", "0\n");
        Write(group, "memory.memsw.limit_in_bytes", "1000\n");
        Write(Path.GetDirectoryName(group)!, limit, limit == "memory.max" ? "max\n" : "9223372036854771712\n");

        MemoryLimit? found = new CgroupMemory(Directory["cgroup"], Directory.Path).FindTightest();

        Assert.That(found, Is.EqualTo(new MemoryLimit(available, 1000, Directory[group])));
    }

    [Test]
    public void WithoutAGroupThereIsNoLimit() =>
        Assert.That(new CgroupMemory(Directory["missing"], Directory.Path).FindTightest(), Is.Null);

    private void Write(string group, string file, string content)
    {
        System.IO.Directory.CreateDirectory(Directory[group]);
        File.WriteAllText(Path.Join(Directory[group], file), content);
    }

    /// <summary>A control group within that of this process.</summary>
    private static string MakeGroup(long limit)
    {
        string[] groups = File.ReadAllLines("/proc/self/cgroup");
        string? first = groups.Select(static line => line.Split(':', 3)).Where(static parts => parts[1].Split(',').Contains("memory")).Select(static parts => parts[2]).FirstOrDefault();
        string parent = first is not null ? $"/sys/fs/cgroup/memory{first}" : "/sys/fs/cgroup";
        string group = Path.Join(parent, $"ipmpsc-tests-{Guid.NewGuid():N}");
        try
        {
            System.IO.Directory.CreateDirectory(group);
            File.WriteAllText(
                Path.Join(group, first is not null ? "memory.limit_in_bytes" : "memory.max"), limit.ToString(CultureInfo.InvariantCulture));
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            if (System.IO.Directory.Exists(group))
            {
                System.IO.Directory.Delete(group);
            }

            Assert.Ignore($"No control group with a memory limit can be created here: {refused.Message}");
        }

        return group;
    }
}
