using IpMpsc.Tests.Peer;
using IpMpsc.Tests.Peer.Probes;
using IpMpsc.Tests.Peer.Processes;
using IpMpsc.Tests.Support;

namespace IpMpsc.Tests.Crashes;

/// <summary>Paused is not dead: a sender that is paused within a claim blocks the receiver, and loses nothing.</summary>
public sealed class PausedSenderTests : ChannelFixture
{
    private const int Paused = 0;
    private const int Other = 1;

    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(150);

    private Receiver<FixedProbe> _receiver = null!;
    private ExclusiveSender<FixedProbe> _other = null!;
    private PeerProcess? _peer;
    private ProbeLedger _ledger = null!;
    private int _sentByOther;

    [SetUp]
    public void CreateChannel()
    {
        _ledger = new ProbeLedger();
        _sentByOther = 0;
        _receiver = Receiver<FixedProbe>.Create(ChannelPath, new IpcChannelOptions { Capacity = 4096 });
        _other = ExclusiveSender<FixedProbe>.Open(ChannelPath);
    }

    [TearDown]
    public void CloseChannel()
    {
        _peer?.Dispose();
        _other.Dispose();
        _receiver.Dispose();
    }

    [TestCase("claim.cas-tail", 0), TestCase("commit.stamp", 1)]
    public void ContinuedSenderLosesNothing(string step, int held)
    {
        Pause(step);
        ExpectBlocked(held);
        _peer!.Continue();
        _peer.Expect("ok");
        _peer.ExpectExit(ExitCode.Success);
        ReceiveAll();
        Assert.That(_ledger.NextOf(Paused), Is.EqualTo(5));
    }

    [TestCase("claim.cas-tail", 0), TestCase("commit.stamp", 1)]
    public void KilledSenderLosesItsOwnMessageOnly(string step, int held)
    {
        Pause(step);
        ExpectBlocked(held);
        _peer!.Kill();
        ReceiveAll();
        Assert.That(_ledger.NextOf(Paused), Is.EqualTo(2));
    }

    /// <summary>The peer pauses itself at its third message; three messages of another sender follow.</summary>
    private void Pause(string step)
    {
        _peer = PeerProcess.Start(CrashOrder.Stop(step, 3), "sender", "Fixed", "Exclusive", ChannelPath);
        _peer.Expect("open");
        _peer.Say($"stream {Paused} 5 Send 0 0\nclose");
        _peer.AwaitStopped();
        for (int message = 0; message < 3; message++)
        {
            SendByOther();
        }
    }

    /// <summary>Requires that the receiver gets the messages before the claim, and none behind it, however often it tries.</summary>
    private void ExpectBlocked(int claimsHeld)
    {
        _ledger.Enter(_receiver.Receive().Verify());
        _ledger.Enter(_receiver.Receive().Verify());
        if (claimsHeld == 0)
        {
            // The claim had not moved the tail, so it blocks nothing.
            ReceiveAll();
            Assert.That(IpcChannel.Inspect(ChannelPath).BlockedBy, Is.Null);
            return;
        }

        DateTimeOffset before = DateTimeOffset.UtcNow;
        Assert.That(_receiver.TryReceive(out _, s_look), Is.False);
        ChannelInfo first = IpcChannel.Inspect(ChannelPath);
        Assert.That(_receiver.TryReceive(out _, s_look), Is.False);
        ChannelInfo second = IpcChannel.Inspect(ChannelPath);

        Assert.That(first.BlockedBy!.Participant.ProcessId, Is.EqualTo(_peer!.Id));
        Assert.That(first.BlockedBy.Participant.Name, Is.EqualTo(PeerProgram.ParticipantName));
        Assert.That(first.BlockedBy.MessagesSent, Is.EqualTo(2));
        Assert.That(first.BlockedSince, Is.InRange(before.AddMilliseconds(-1), DateTimeOffset.UtcNow));
        Assert.That(second.BlockedBy!.Participant, Is.EqualTo(first.BlockedBy.Participant));
        Assert.That(second.BlockedSince, Is.EqualTo(first.BlockedSince), "The time does not restart with each inspection.");
        Assert.That(second.BytesUsed, Is.EqualTo(4 * 64), "The ring holds a claim and three messages.");
    }

    /// <summary>Receives everything up to one more message of the other sender.</summary>
    private void ReceiveAll()
    {
        SendByOther();
        while (_ledger.NextOf(Other) < _sentByOther)
        {
            _ledger.Enter(_receiver.Receive().Verify());
        }

        Assert.That(_receiver.TryReceive(out _), Is.False);
        Assert.That(IpcChannel.Inspect(ChannelPath).BlockedBy, Is.Null);
    }

    private void SendByOther() => _other.Send(FixedProbe.From(new Probe(Other, _sentByOther++, FixedProbe.Size)));
}
