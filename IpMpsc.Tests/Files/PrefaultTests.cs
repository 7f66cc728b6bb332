using System.Globalization;
using IpMpsc.Layout;
using IpMpsc.Platform;
using IpMpsc.Tests.Peer;
using IpMpsc.Tests.Peer.Probes;
using IpMpsc.Tests.Support;
using IpMpsc.Tests.Waiting;

namespace IpMpsc.Tests.Files;

/// <summary>
/// A participant that asks for it has every page mapped once the channel is open; this changes nothing in the channel.
/// </summary>
[CancelAfter(60_000)]
public sealed class PrefaultTests : ChannelFixture
{
    private const long Capacity = 16 << 20;

    private static readonly IpcChannelOptions s_prefault = new() { Capacity = Capacity, Prefault = true };

    private static readonly TestCaseData[] s_openings =
    [
        Opening("receiver created", path => ByteReceiver.Create(path, s_prefault)),
        Opening("receiver opened or created", path => ByteReceiver.OpenOrCreate(path, s_prefault)),
        Opening("receiver opened", path => ByteReceiver.Open(path, s_prefault), Exists),
        Opening("receiver replaced", path => ByteReceiver.Replace(path, s_prefault), Exists),
        Opening("typed receiver", path => Receiver<Tick>.Create(path, s_prefault)),
        Opening("sender opened", path => ByteSender.Open(path, s_prefault), Exists),
        Opening("sender opened or created", path => ByteSender.OpenOrCreate(path, s_prefault)),
        Opening("exclusive sender", path => ExclusiveSender<Tick>.OpenOrCreate(path, s_prefault)),
    ];

    [TestCaseSource(nameof(s_openings))]
    [Platform("Linux", Reason = "Reads /proc")]
    public void EveryPageIsMappedWhenItIsOpen(Func<string, IDisposable> open, Action<string>? before)
    {
        before?.Invoke(ChannelPath);
        using IDisposable participant = open(ChannelPath);

        ExpectMapped(MappedPages.Of(ChannelPath).Single());
    }

    [Test]
    [Platform("Linux", Reason = "Reads /proc")]
    public void ATemporaryChannelIsMappedToo()
    {
        using ByteReceiver receiver = ByteReceiver.CreateTemporary(s_prefault);

        ExpectMapped(MappedPages.Of(receiver.Path).Single());
    }

    [Test]
    [Platform("Linux", Reason = "Reads /proc")]
    public void EachParticipantDecidesForItself()
    {
        using ByteReceiver receiver = ByteReceiver.Create(ChannelPath, new IpcChannelOptions { Capacity = Capacity });
        using ByteSender sender = ByteSender.Open(ChannelPath, s_prefault);
        (long Mapped, long Length)[] mappings = MappedPages.Of(ChannelPath);

        Assert.That(mappings, Has.Length.EqualTo(2));
        Assert.That(mappings[0].Mapped, Is.LessThan(Capacity / 8));
        ExpectMapped(mappings[1]);
    }

    /// <summary>The fallback for systems that have no call for it.</summary>
    [Test]
    [Platform("Linux", Reason = "Reads /proc")]
    public void TouchingMapsEveryPage()
    {
        using ByteReceiver receiver = ByteReceiver.Create(ChannelPath, new IpcChannelOptions { Capacity = Capacity });
        using SegmentFile file = OpenFile();
        file.TouchPages(file.Length);

        ExpectMapped(MappedPages.Of(ChannelPath)[^1]);
    }

    [Test]
    [Platform("Linux", Reason = "Counts page faults")]
    public void TheFirstLapOfASenderMeetsNoPageFaults()
    {
        long pages = Capacity / SegmentLayout.PageSize;
        long without = FaultsOfFirstLap(prefault: false);
        long with = FaultsOfFirstLap(prefault: true);

        TestContext.Out.WriteLine($"{pages:N0} pages: {without:N0} faults without, {with:N0} with");
        Assert.That(with, Is.LessThan(pages / 16));
        Assume.That(without, Is.GreaterThan(pages / 2), "If there are fewer faults, the system uses larger pages and there is little to gain.");
    }

    /// <summary>A copy of a channel has holes for which its file system has no room. Opening it reports that; touching a hole would kill the process.</summary>
    [Test]
    [Platform("Linux", Reason = "Mounts a tmpfs")]
    public void HolesThatCannotBeFilledAreReported([Values("true", "false")] string prefault)
    {
        string small = Directory["small"];
        System.IO.Directory.CreateDirectory(small);
        if (!Posix.TryMountTmpfs(small, 1 << 20))
        {
            Assert.Ignore("Only root may mount a small file system.");
        }

        try
        {
            Exists(ChannelPath);
            string copy = Path.Join(small, "channel");
            byte[] segment = SharedFile.ReadAllBytes(ChannelPath);
            using (FileStream file = File.Create(copy))
            {
                file.Write(segment.AsSpan(..^(int)Capacity));
                file.SetLength(segment.Length);
            }

            using PeerProcess peer = PeerProcess.Start("lap", copy, prefault);
            peer.ExpectExit(ExitCode.Channel);
            Assert.That(peer.Transcript(), Does.Contain($"'{copy}' ({segment.Length:N0} bytes) has holes"));
        }
        finally
        {
            Posix.Unmount(small);
        }
    }

    /// <summary>
    /// Touches the pages of a ring again and again while messages pass through it. If touching wrote back a stale word,
    /// a payload, a stamp or a claim would not be what its sender wrote.
    /// </summary>
    [Test]
    public void TouchingChangesNothingWhileOthersSend(CancellationToken watchdog)
    {
        const int Count = 20_000;
        using ByteReceiver receiver = ByteReceiver.Create(ChannelPath, new IpcChannelOptions { Capacity = 256 });
        using SegmentFile file = OpenFile();
        Task sending = Background.Run(() =>
        {
            using ByteSender sender = ByteSender.Open(ChannelPath, new IpcChannelOptions { Prefault = true });
            for (int sequence = 0; sequence < Count; sequence++)
            {
                sender.Send(ByteProbe.From(new Probe(0, sequence, ByteProbe.MinSize + (sequence % 100))), watchdog);
            }
        });
        Task receiving = Background.Run(() =>
        {
            for (int sequence = 0; sequence < Count; sequence++)
            {
                Assert.That(ByteProbe.Verify(receiver.Receive(watchdog)).Sequence, Is.EqualTo(sequence));
            }
        });
        while (!receiving.IsCompleted)
        {
            file.TouchPages(file.Length);
            Thread.Yield(); // With few processors, the other threads would have to wait for this one.
        }

        receiving.Finish("The receiver");
        sending.Finish("The sender");
    }

    [Test]
    public void AChannelThatBothSidesPrefaultKeepsItsMessages()
    {
        using (ByteReceiver.Create(ChannelPath, s_prefault))
        {
            using ByteSender sender = ByteSender.Open(ChannelPath, s_prefault);
            sender.Send("before"u8);
        }

        using ByteReceiver successor = ByteReceiver.Open(ChannelPath, s_prefault);
        Assert.That(successor.Receive(), Is.EqualTo("before"u8.ToArray()));
        ExpectUsable(successor);
    }

    private static TestCaseData Opening(string name, Func<string, IDisposable> open, Action<string>? before = null) =>
        new TestCaseData(open, before).SetArgDisplayNames(name);

    private static void Exists(string path) => ByteReceiver.Create(path, new IpcChannelOptions { Capacity = Capacity }).Dispose();

    /// <summary>All but a few: the system may take a page back at any time.</summary>
    private static void ExpectMapped((long Mapped, long Length) mapping)
    {
        Assert.That(mapping.Length, Is.GreaterThan(Capacity));
        Assert.That(mapping.Mapped, Is.GreaterThan(mapping.Length / 100 * 99));
    }

    private SegmentFile OpenFile() => HostPlatform.Current.Segments.Open(ChannelPath, HeaderDescriptor.Size);

    private long FaultsOfFirstLap(bool prefault)
    {
        using ByteReceiver receiver = ByteReceiver.Replace(ChannelPath, new IpcChannelOptions { Capacity = Capacity });
        using PeerProcess peer = PeerProcess.Start("lap", ChannelPath, $"{prefault}");
        long faults = long.Parse(peer.Listen(), CultureInfo.InvariantCulture);
        peer.ExpectExit(ExitCode.Success);
        return faults;
    }
}
