using IpMpsc.Tests.Peer;
using IpMpsc.Tests.Peer.Probes;
using IpMpsc.Tests.Support;

namespace IpMpsc.Tests.Containers;

/// <summary>Programs under a filter that refuses some system calls, as container engines and <c>SystemCallFilter=</c> install it.</summary>
[Platform("Linux", Reason = "Sets a seccomp filter")]
[CancelAfter(100_000)]
public sealed class FilterTests : ChannelFixture
{
    private const int Count = 2_000;

    private static readonly string[] s_calls = ["membarrier", "futex_waitv", "statx", "membarrier,futex_waitv,statx"];

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

        Assert.That(said.Select(static text => text.Split(':', ' ')[1]), Is.EquivalentTo(calls.Split(',')));
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
}
