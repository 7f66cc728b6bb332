using IpMpsc.Tests.Peer;
using IpMpsc.Tests.Peer.Probes;
using IpMpsc.Tests.Support;

namespace IpMpsc.Tests.Containers;

/// <summary>Programs under a filter that refuses some system calls, as container engines and <c>SystemCallFilter=</c> install it.</summary>
[Platform("Linux", Reason = "Sets a seccomp filter")]
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
[CancelAfter(100_000)]
public sealed class FilterTests : ChannelFixture
{
    private const int Count = 2_000;

    private static readonly string[] s_calls = ["membarrier", "futex_waitv", "statx", "io_uring", "membarrier,futex_waitv,statx,io_uring"];

    /// <summary>Everything works, and each missing system call is reported once.</summary>
    [TestCaseSource(nameof(s_calls))]
    public void EachRefusalIsReportedOnce(string calls)
    {
        using PeerProcess peer = PeerProcess.Start("filtered", calls, "shortcomings", Directory.Path);
        peer.Expect("waiting");
        peer.Say("send");
        peer.Expect("received");
        List<string> said = [];
        while (peer.Listen() is var shortcoming && shortcoming != "end")
        {
            said.Add(shortcoming);
            peer.Expect("said 1");
        }

        Assert.That(NamesOf(said), Is.EquivalentTo(calls.Split(',').Union(NamesOf(IpcChannel.Shortcomings))), "what is refused, and what is missing anyway");
        peer.ExpectExit(ExitCode.Success);
    }

    /// <summary>
    /// A large set works whatever is refused, on more receivers than one thread can sleep on, and a wait allocates nothing. Each of 300 waits that
    /// arms 300 receivers would show if one of them allocated the least thing.
    /// </summary>
    [TestCase(null)]
    [TestCase("io_uring")]
    [TestCase("io_uring,futex_waitv")]
    public void LargeSetFindsEachReceiverAndAllocatesNothing(string? calls)
    {
        const int Receivers = 300;
        const int Noise = 32_000;
        string[] words = ["set", Directory.Path, $"{Receivers}"];
        using PeerProcess peer = calls is null ? PeerProcess.Start(words) : PeerProcess.Start(["filtered", calls, .. words]);
        string[] said = peer.Listen().Split(' ');
        Assert.That(said[0], Is.EqualTo("allocated"));
        Assert.That(long.Parse(said[1]), Is.LessThan(Noise), "bytes");
        peer.ExpectExit(ExitCode.Success);
    }

    /// <summary>As in a container whose engine lets nobody lock memory: a plain user, to whom the kernel gives no ring.</summary>
    [Test]
    public void LargeSetWorksWithoutMemoryToLock()
    {
        string[] confining = ["setpriv", "--reuid=12345", "--regid=12345", "--clear-groups", "prlimit", "--memlock=0:0"];
        (int exitCode, string output) = Shell.Run([.. confining, "true"]);
        if (exitCode != 0)
        {
            Assert.Ignore($"No other user can be taken here: {output}");
        }

        File.SetUnixFileMode(Directory.Path, (UnixFileMode)Convert.ToInt32("777", 8));
        using PeerProcess peer = PeerProcess.StartBy(confining, new Dictionary<string, string>(), "set", Directory.Path, "300");
        peer.Listen();
        peer.ExpectExit(ExitCode.Success);
    }

    /// <summary>One side fences what it publishes, the other relies on the kernel; both sleep and are woken.</summary>
    [TestCaseSource(nameof(s_calls))]
    public void FilteredSenderAndPlainReceiverShareAChannel(string calls)
    {
        using ProbeReceiver receiver = ProbeKind.Bytes.CreateReceiver(ChannelPath, new IpcChannelOptions { Capacity = 4096 });
        using PeerProcess peer = PeerProcess.Start("filtered", calls, "send", "Bytes", "Shared", ChannelPath, "0", $"{Count}", "Send", "0", "900");
        ProbeLedger ledger = new();
        receiver.ReceiveMany(Count, ReceiveWay.Receive, ledger);

        peer.ExpectExit(ExitCode.Success);
        ledger.RequireComplete(1, Count);
    }

    [TestCaseSource(nameof(s_calls))]
    public void PlainSenderAndFilteredReceiverShareAChannel(string calls)
    {
        ProbeKind.Bytes.CreateReceiver(ChannelPath, new IpcChannelOptions { Capacity = 4096 }).Dispose();
        using PeerProcess peer = PeerProcess.Start("filtered", calls, "receive", "Bytes", ChannelPath, "1", $"{Count}", "Receive");
        peer.Expect("open");
        using ProbeSender sender = ProbeKind.Bytes.OpenSender(SenderFlavour.Shared, ChannelPath);
        new ProbeStream(ProbeKind.Bytes, 0, Count, SendWay.Send, 0, 900).SendTo(sender);

        peer.ExpectExit(ExitCode.Success);
    }

    /// <summary>The second words: "No membarrier: ..."</summary>
    private static IEnumerable<string> NamesOf(IEnumerable<string> shortcomings) => shortcomings.Select(static text => text.Split(':', ' ')[1]);
}
