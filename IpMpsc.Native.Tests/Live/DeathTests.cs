using IpMpsc.Native.Tests.Support;
using IpMpsc.Tests.Crashes;
using IpMpsc.Tests.Peer.Probes;
using IpMpsc.Tests.Support;

namespace IpMpsc.Native.Tests.Live;

/// <summary>Processes of one language die, and those of the other one continue.</summary>
[Category("Native")]
public sealed class DeathTests : ChannelFixture
{
    private static readonly IpcChannelOptions s_options = new() { Capacity = 4096, MaxSenders = 8 };

    /// <summary>Steps of a sender after which another process has to clean up, and the occurrence at which the sender dies.</summary>
    private static readonly (string Step, int Time)[] s_senderSteps =
    [
        ("slot.lock", 1), ("slot.clear", 1), ("slot.count", 1), ("claim.read-tail", 20), ("claim.invalidate", 2), ("claim.store-length", 2),
        ("claim.store-position", 20), ("claim.cas-tail", 20), ("padding.stamp", 1), ("abort.stamp", 3), ("commit.stamp", 20), ("wake.check", 20),
    ];

    [Test]
    public void DotnetContinuesBehindDeadSendersInC([ValueSource(nameof(s_senderSteps))] (string Step, int Time) death)
    {
        _ = NativeBuild.Peer;
        using ByteReceiver receiver = ByteReceiver.Create(ChannelPath, s_options);
        using NativeProcess victim = NativeProcess.Start(
            CrashOrder.Kill(death.Step, death.Time), "send", ChannelPath, "0", "10000", "16", "400");
        ProbeLedger ledger = new();
        while (!victim.HasExited)
        {
            Take(receiver, ledger, TimeSpan.FromMilliseconds(1));
        }

        victim.ExpectKilled();
        using NativeProcess next = NativeProcess.Start("send", ChannelPath, "1", "300", "16", "400");
        next.Expect("open");
        while (ledger.NextOf(1) < 300)
        {
            Assert.That(Take(receiver, ledger, Patience.Limit), Is.True);
        }

        next.ExpectSuccess();
        ExpectUsable(receiver);
    }

    [Test]
    public void CContinuesBehindDeadDotnetSenders([ValueSource(nameof(s_senderSteps))] (string Step, int Time) death)
    {
        _ = NativeBuild.Peer;
        ByteReceiver.Create(ChannelPath, s_options).Dispose();
        using SequenceBoard board = new(Directory["board"]);
        using PeerProcess victim = PeerProcess.Start(
            CrashOrder.Kill(death.Step, death.Time), "send", "Bytes", "Shared", ChannelPath, "0", "10000", "ClaimAndAbort", "16", "400");

        using NativeProcess receiver = NativeProcess.Start("receive", ChannelPath, board.Path, "3", "1000000");
        receiver.Expect("open");
        victim.ExpectKilled();
        using (ByteSender sender = ByteSender.Open(ChannelPath))
        {
            for (int sequence = 0; sequence < 300; sequence++)
            {
                sender.Send(ByteProbe.From(new Probe(1, sequence, 16 + sequence)));
            }
        }

        Patience.Until(() => receiver.HasExited || board[1] == 300, "everything that was sent is received");
        Assert.That(receiver.HasExited, Is.False, receiver.Transcript);
        receiver.Kill();
    }

    [Test]
    public void SendersThatAreKilledAtRandomLoseNothingThatWasCommitted([Values] bool receiverInC)
    {
        _ = NativeBuild.Peer;
        int seed = Environment.GetEnvironmentVariable("IPMPSC_SEED") is { } given ? int.Parse(given) : Random.Shared.Next();
        TestContext.Out.WriteLine($"IPMPSC_SEED={seed}");
        Random random = new(seed);
        using SequenceBoard board = new(Directory["board"]);
        using ByteReceiver? here = receiverInC ? null : ByteReceiver.Create(ChannelPath, s_options);
        if (receiverInC)
        {
            ByteReceiver.Create(ChannelPath, s_options).Dispose();
        }

        using NativeProcess? there = receiverInC ? NativeProcess.Start("receive", ChannelPath, board.Path, "5", "100000000") : null;
        ProbeLedger ledger = new();
        long Received() => here is null ? board.Sum : ledger.Count;
        for (int round = 0; round < 10; round++)
        {
            // Each sender has a number of its own, so its messages begin at 0 and are contiguous, whenever it is killed.
            using NativeProcess native = NativeProcess.Start("send", ChannelPath, $"{2 * round}", "1000000", "16", "700");
            using PeerProcess dotnet = PeerProcess.Start("send", "Bytes", "Shared", ChannelPath, $"{(2 * round) + 1}", "1000000", "Claim", "16", "700");
            long enough = Received() + random.Next(3000);
            bool MustReceive() => Received() < enough || LastOf(2 * round) == 0 || LastOf((2 * round) + 1) == 0;
            while (MustReceive())
            {
                Assert.That(there?.HasExited, Is.Not.True, () => there!.Transcript());
                if (here is not null)
                {
                    Assert.That(Take(here, ledger, Patience.Limit), Is.True);
                }
            }

            native.Kill();
            dotnet.Kill();
        }

        there?.Kill();
        using ByteReceiver? successor = here is null ? ByteReceiver.Open(ChannelPath) : null;
        using ByteSender last = ByteSender.Open(ChannelPath);
        Background(() => last.Send("end"u8));
        ByteReceiver rest = here ?? successor!;
        while (true)
        {
            Assert.That(rest.TryReceiveInPlace(out ReceivedBytes received, Patience.Limit), Is.True);
            using (received)
            {
                if (received.Payload.SequenceEqual("end"u8))
                {
                    break;
                }

                Probe probe = ByteProbe.Verify(received.Payload);
                if (here is not null)
                {
                    ledger.Enter(probe);
                }
                else
                {
                    // At most the five that it held when it was killed come again.
                    Assert.That(probe.Sequence, Is.InRange(board[probe.Sender] - 5, board[probe.Sender]));
                    board[probe.Sender] = probe.Sequence + 1;
                }
            }
        }

        long LastOf(int sender) => here is null ? board[sender] : ledger.NextOf(sender);
    }

    [TestCase("release.publish-head", 1)]
    [TestCase("release.publish-head", 40)]
    [TestCase("wake.check", 9)]
    public void DotnetReceivesAgainWhatAReceiverInCHeld(string step, int time)
    {
        ByteReceiver.Create(ChannelPath, s_options).Dispose();
        using SequenceBoard board = new(Directory["board"]);
        using NativeProcess victim = NativeProcess.Start(CrashOrder.Kill(step, time), "receive", ChannelPath, board.Path, "3", "10000");
        using PeerProcess sender = PeerProcess.Start("send", "Bytes", "Shared", ChannelPath, "0", "500", "Send", "16", "300");
        victim.ExpectKilled();
        using ByteReceiver receiver = ByteReceiver.Open(ChannelPath);
        long next = board[0];
        Assert.That(next, Is.GreaterThan(0));
        Assert.That(receiver.TryReceiveInPlace(out ReceivedBytes first, Patience.Limit), Is.True);
        using (first)
        {
            long sequence = ByteProbe.Verify(first.Payload).Sequence;
            Assert.That(sequence, Is.InRange(next - 3, next));
            next = sequence + 1;
        }

        for (; next < 500; next++)
        {
            Assert.That(receiver.TryReceiveInPlace(out ReceivedBytes received, Patience.Limit), Is.True);
            using (received)
            {
                Assert.That(ByteProbe.Verify(received.Payload).Sequence, Is.EqualTo(next));
            }
        }
    }

    [Test]
    public void CReceivesAgainWhatADotnetReceiverHeld()
    {
        ByteReceiver.Create(ChannelPath, s_options).Dispose();
        using SequenceBoard board = new(Directory["board"]);
        using NativeProcess sender = NativeProcess.Start("send", ChannelPath, "0", "500", "16", "300");
        using (PeerProcess victim = PeerProcess.Start("receiver", "Bytes", ChannelPath))
        {
            victim.Expect("open");
            for (int sequence = 0; sequence < 20; sequence++)
            {
                victim.Say("receive");
                Assert.That(Probe.Parse(victim.Listen()).Sequence, Is.EqualTo(sequence));
            }

            victim.Say("hold");
            victim.Expect("held");
            victim.Kill();
        }

        board[0] = 20; // The message that was held comes again.
        using NativeProcess receiver = NativeProcess.Start("receive", ChannelPath, board.Path, "4", "480");
        receiver.Expect("open");
        receiver.Expect("gaps 0");
        receiver.ExpectSuccess();
        Assert.That(board[0], Is.EqualTo(500));
    }

    private static bool Take(ByteReceiver receiver, ProbeLedger ledger, TimeSpan timeout)
    {
        bool taken = receiver.TryReceiveInPlace(out ReceivedBytes received, timeout);
        if (taken)
        {
            using (received)
            {
                ledger.Enter(ByteProbe.Verify(received.Payload));
            }
        }

        return taken;
    }

    private static void Background(Action action) => new Thread(() => action()) { IsBackground = true }.Start();
}
