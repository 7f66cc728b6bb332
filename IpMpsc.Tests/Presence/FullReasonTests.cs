#pragma warning disable IPM0031 // The test is about a claim that stays open.
using IpMpsc.Tests.Crashes;
using IpMpsc.Tests.Peer.Probes;
using IpMpsc.Tests.Peer.Processes;
using IpMpsc.Tests.Support;
using IpMpsc.Tests.Waiting;

namespace IpMpsc.Tests.Presence;

/// <summary>A sender that found no room can say why.</summary>
[CancelAfter(60_000)]
public sealed class FullReasonTests : ChannelFixture
{
    private const int Count = 8;

    private static readonly TimeSpan s_short = TimeSpan.FromMilliseconds(2);

    private static IpcChannelOptions Options(string name) => new() { Capacity = Count * 32, ParticipantName = name };

    [Test]
    public void NoReceiver()
    {
        using Sender<Tick> sender = Sender<Tick>.OpenOrCreate(ChannelPath, Options("camera"));
        Fill(sender);
        Assert.That(sender.ExplainFull(), Is.EqualTo("256 of its 256 bytes are in use. No receiver has been attached yet."));

        Receiver<Tick>.Open(ChannelPath, Options("viewer")).Dispose();
        Assert.That(
            sender.ExplainFull(),
            Is.EqualTo($"256 of its 256 bytes are in use. No receiver is attached; the last one was 'viewer' (process {Environment.ProcessId})."));
    }

    [Test]
    public void AReceiverThatTakesNothing()
    {
        using Receiver<Tick> receiver = Receiver<Tick>.Create(ChannelPath, Options("viewer"));
        using Sender<Tick> sender = Sender<Tick>.Open(ChannelPath);
        Assert.That(sender.ExplainFull(), Is.EqualTo("0 of its 256 bytes are in use."));
        Fill(sender);

        Assert.That(
            sender.ExplainFull(),
            Is.EqualTo($"256 of its 256 bytes are in use. A message is ready, and the receiver, 'viewer' (process {Environment.ProcessId}), has not taken it yet."));
        Assert.That((sender.BytesUsed, receiver.BytesUsed), Is.EqualTo((256L, 256L)));
    }

    [Test]
    public void MessagesThatAreHeld()
    {
        using Receiver<Tick> receiver = Receiver<Tick>.Create(ChannelPath, Options("viewer"));
        using Sender<Tick> sender = Sender<Tick>.Open(ChannelPath);
        Fill(sender);
        using HeldMessage<Tick> first = receiver.Hold();
        using HeldMessage<Tick> second = receiver.Hold();

        Assert.That(
            sender.ExplainFull(),
            Does.Match(@"^256 of its 256 bytes are in use, 64 of them by 2 messages that its receiver has received and not released: 'viewer' \(process \d+\), since 2.*Z\.$"));
    }

    [Test]
    public void TheClaimOfAnotherSender([Values] bool isOfTheSameSender)
    {
        using Receiver<Tick> receiver = Receiver<Tick>.Create(ChannelPath, Options("viewer"));
        using Sender<Tick> sender = Sender<Tick>.Open(ChannelPath, Options("camera"));
        using Sender<Tick> other = Sender<Tick>.Open(ChannelPath, Options("microphone"));
        using Claim<Tick> claim = (isOfTheSameSender ? sender : other).Claim();
        Fill(sender);
        string expected = $"The receiver, 'viewer' (process {Environment.ProcessId}), waits for the claim of " +
            $"'{(isOfTheSameSender ? "camera" : "microphone")}' (process {Environment.ProcessId}), which has neither committed nor aborted it";
        Assert.That(sender.ExplainFull(), Does.EndWith($"{expected}."));

        Assert.That(receiver.TryReceive(out _, s_short), Is.False);
        Assert.That(sender.ExplainFull(), Does.Contain($"{expected}, since 2"));
    }

    [Test]
    public void TheClaimOfADeadSender()
    {
        using Receiver<FixedProbe> receiver = Receiver<FixedProbe>.Create(ChannelPath, new IpcChannelOptions { Capacity = 256 });
        using Sender<FixedProbe> sender = Sender<FixedProbe>.Open(ChannelPath);
        using (PeerProcess peer = PeerProcess.Start(CrashOrder.Stop("commit.stamp", 1), "sender", "Fixed", "Exclusive", ChannelPath))
        {
            peer.Expect("open");
            peer.Say("stream 0 1 Send 0 0\nclose");
            peer.AwaitStopped();
            peer.Kill();
        }

        while (sender.TrySend(default))
        {
        }

        Assert.That(sender.ExplainFull(), Does.Match(@"The receiver, .*, has to skip the claim of .* \(process \d+\), which died within it\.$"));
    }

    [Test]
    public void ADisposedSenderHasNothingToSay()
    {
        Sender<Tick> sender = Sender<Tick>.OpenOrCreate(ChannelPath, Options("camera"));
        sender.Dispose();

        Assert.That(sender.ExplainFull(), Is.Empty);
        Assert.That(() => sender.BytesUsed, Throws.TypeOf<ObjectDisposedException>());
    }

    [Test]
    public async Task ParticipantsAreDisposedByAwaitUsing()
    {
        Receiver<Tick> left;
        await using (Receiver<Tick> receiver = Receiver<Tick>.Create(ChannelPath, Options("viewer")))
        await using (Sender<Tick> sender = Sender<Tick>.Open(ChannelPath))
        await using (ReceiverSet set = new(receiver))
        await using (ChannelObserver observer = ChannelObserver.Open(ChannelPath))
        {
            left = receiver;
            sender.Send(new Tick { Number = 3 });
            Assert.That((await set.WaitAnyAsync()).BytesUsed, Is.EqualTo(32));
            Assert.That(observer.Inspect().IsReceiverAttached);
        }

        Assert.That(IpcChannel.Inspect(ChannelPath).IsReceiverAttached, Is.False);
        Assert.That(() => left.TryReceive(out _), Throws.TypeOf<ObjectDisposedException>());
    }

    [Test]
    public void ASetRefusesForeignReceivers() => Assert.That(
        () => new ReceiverSet(new Double()),
        Throws.ArgumentException.With.Message.Contains("receivers of this library only"));

    private static void Fill(Sender<Tick> sender)
    {
        while (sender.TrySend(default))
        {
        }

        Assert.That(sender.TrySend(default, s_short), Is.False);
    }

    private sealed class Double : IReceiver
    {
        public string Path => "nowhere";

        public long BytesUsed => 0;

        public bool IsCompleted => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => default;
    }
}
