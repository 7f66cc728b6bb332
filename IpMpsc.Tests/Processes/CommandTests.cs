using IpMpsc.Tests.Peer;
using IpMpsc.Tests.Peer.Probes;
using IpMpsc.Tests.Support;

namespace IpMpsc.Tests.Processes;

/// <summary>Whole scenarios in peers, judged by their exit codes. Some of them must fail.</summary>
public sealed class CommandTests : ChannelFixture
{
    private const int Count = 20_000;

    [Test]
    public void FourSendersToOneReceiver([Values] ProbeKind kind)
    {
        kind.CreateReceiver(ChannelPath, new IpcChannelOptions { Capacity = 1 << 16 }).Dispose();
        using PeerProcess receiver = PeerProcess.Start("receive", $"{kind}", ChannelPath, "4", $"{Count}", "InPlace");
        receiver.Expect("open");

        PeerProcess[] senders =
            [.. Enumerable.Range(0, 4).Select(sender => StartSender(kind, SenderFlavour.Exclusive, sender, SendWay.Send))];

        foreach (PeerProcess sender in senders)
        {
            sender.ExpectExit(ExitCode.Success);
            sender.Dispose();
        }

        receiver.ExpectExit(ExitCode.Success);
    }

    [Test]
    public void EchoComesBack([Values] ProbeKind kind)
    {
        kind.CreateReceiver(ChannelPath).Dispose();
        using ProbeReceiver back = kind.CreateReceiver(Directory["back"]);
        using PeerProcess echo = PeerProcess.Start("echo", $"{kind}", ChannelPath, Directory["back"], "1000");
        echo.Expect("open");
        using ProbeSender sender = kind.OpenSender(SenderFlavour.Exclusive, ChannelPath);

        for (int sequence = 0; sequence < 1000; sequence++)
        {
            Probe probe = kind.Probe(0, sequence, sequence);
            sender.Send(probe);
            Assert.That(back.Receive(), Is.EqualTo(probe));
        }

        echo.ExpectExit(ExitCode.Success);
    }

    [Test]
    public void ReceiverNoticesADuplicate()
    {
        ByteReceiver.Create(ChannelPath).Dispose();
        using PeerProcess receiver = PeerProcess.Start("receive", "bytes", ChannelPath, "1", $"{Count}", "Receive");
        receiver.Expect("open");
        using ByteSender sender = ByteSender.Open(ChannelPath);

        sender.Send(ByteProbe.From(new Probe(0, 0, 20)));
        sender.Send(ByteProbe.From(new Probe(0, 0, 20)));

        receiver.ExpectExit(ExitCode.Wrong);
        Assert.That(receiver.Transcript(), Does.Contain("message 1 was due, 0 came"));
    }

    [Test]
    public void ReceiverNoticesAMissingMessage()
    {
        ByteReceiver.Create(ChannelPath).Dispose();
        using PeerProcess receiver = PeerProcess.Start("receive", "bytes", ChannelPath, "1", $"{Count}", "Receive");
        receiver.Expect("open");
        using ByteSender sender = ByteSender.Open(ChannelPath);

        sender.Send(ByteProbe.From(new Probe(0, 1, 20)));

        receiver.ExpectExit(ExitCode.Wrong);
        Assert.That(receiver.Transcript(), Does.Contain("message 0 was due, 1 came"));
    }

    [Test]
    public void ReceiverNoticesChangedContent([Range(0, 19)] int at)
    {
        byte[] payload = ByteProbe.From(new Probe(0, 0, 20));
        payload[at] ^= 1;

        Assert.Throws<ProbeException>(() => ByteProbe.Verify(payload));
    }

    [Test]
    public void PeerReportsFailures()
    {
        using PeerProcess missing = PeerProcess.Start("send", "bytes", "shared", ChannelPath, "0", "1", "Send", "0", "0");
        using PeerProcess senseless = PeerProcess.Start("dance");

        missing.ExpectExit(ExitCode.Channel);
        Assert.That(missing.Transcript(), Does.Contain(nameof(ChannelNotFoundException)));
        senseless.ExpectExit(ExitCode.Usage);
    }

    private PeerProcess StartSender(ProbeKind kind, SenderFlavour flavour, int sender, SendWay way) => PeerProcess.Start(
        "send", $"{kind}", $"{flavour}", ChannelPath, $"{sender}", $"{Count}", $"{way}", "0", "500");
}
