using IpMpsc.Tests.Peer.Probes;
using IpMpsc.Tests.Support;

namespace IpMpsc.Tests.BadInput;

/// <summary>Calls at the wrong time fail, and leave the channel as it was.</summary>
public sealed class MisuseTests : ChannelFixture
{
    private static readonly FixedProbe s_message = FixedProbe.From(new Probe(0, 0, FixedProbe.Size));

    [Test]
    public void DisposedSender([Values] SenderFlavour flavour)
    {
        using ProbeReceiver receiver = ProbeKind.Fixed.CreateReceiver(ChannelPath);
        ProbeSender sender = ProbeKind.Fixed.OpenSender(flavour, ChannelPath);
        sender.Dispose();
        sender.Dispose();
        Probe probe = ProbeKind.Fixed.Probe(0, 0);

        foreach (Action call in CallsOf(sender, probe))
        {
            Failure.Of(call).Expect<ObjectDisposedException>("sender was disposed");
        }

        Assert.That(receiver.TryReceive(out _), Is.False);
        using ProbeSender next = ProbeKind.Fixed.OpenSender(flavour, ChannelPath);
        next.Send(probe);
        Assert.That(receiver.Receive(), Is.EqualTo(probe));
    }

    [Test]
    public void MessageLargerThanAnyCapacity()
    {
        using ByteReceiver receiver = ByteReceiver.Create(ChannelPath, new IpcChannelOptions { Capacity = 4096 });
        using ByteSender sender = ByteSender.Open(ChannelPath);

        Failure.Of(() => sender.Claim(int.MaxValue)).Expect<MessageTooLargeException>(
            ChannelPath, $"{int.MaxValue:N0} bytes", "4,080", $"{IpcChannelOptions.MaxCapacity:N0} bytes, is not enough");
        Failure.Of(() => sender.Claim(4081)).Expect<MessageTooLargeException>(ChannelPath, "4,081", "4,080", "8,192 bytes or more");
    }

    [Test]
    public void DisposedReceiver()
    {
        Receiver<FixedProbe> receiver = Receiver<FixedProbe>.Create(ChannelPath);
        receiver.Dispose();
        receiver.Dispose();

        Action[] calls =
        [
            () => receiver.Receive(),
            () => receiver.TryReceive(out _),
            () => receiver.TryReceive(out _, TimeSpan.Zero),
            () => receiver.ReceiveInPlace(),
            () => receiver.TryReceiveInPlace(out _),
            () => receiver.TryReceiveInPlace(out _, TimeSpan.Zero),
            () => receiver.Drain(_ => { }),
            () => receiver.ReadAll().GetEnumerator().MoveNext(),
            () => _ = receiver.IsCompleted,
            () => receiver.SkipCorrupt(),
        ];
        foreach (Action call in calls)
        {
            Failure.Of(call).Expect<ObjectDisposedException>("receiver was disposed");
        }

        Assert.That(receiver.Path, Is.EqualTo(ChannelPath), "Members that do not use the mapping still work.");
        Assert.That(receiver.Capacity, Is.EqualTo(1 << 20));
    }

    [Test]
    public void CommittingTwice()
    {
        using Receiver<FixedProbe> receiver = Receiver<FixedProbe>.Create(ChannelPath);
        using Sender<FixedProbe> sender = Sender<FixedProbe>.Open(ChannelPath);

        Failure.Of(() =>
        {
            using Claim<FixedProbe> claim = sender.Claim();
            claim.Writer = s_message;
            claim.Commit();
            claim.Commit();
        }).Expect<InvalidOperationException>("claim has ended", "new claim");

        Assert.That(receiver.Receive(), Is.EqualTo(s_message));
        Assert.That(receiver.TryReceive(out _), Is.False, "The message was sent only once.");
        sender.Send(s_message);
        Assert.That(receiver.Receive(), Is.EqualTo(s_message));
    }

    [Test]
    public void UsingAClaimThatHasEnded([Values] ClaimEnd end)
    {
        using Receiver<FixedProbe> receiver = Receiver<FixedProbe>.Create(ChannelPath);
        using ExclusiveSender<FixedProbe> sender = ExclusiveSender<FixedProbe>.Open(ChannelPath);

        Failure.Of(() => EndedClaim(sender, end).Payload.Clear()).Expect<InvalidOperationException>("claim has ended");
        Failure.Of(() => EndedClaim(sender, end).Writer.Sender = 1).Expect<InvalidOperationException>("claim has ended");
        Failure.Of(() => EndedClaim(sender, end).Abort()).Expect<InvalidOperationException>("claim has ended");
        Failure.Of(() => EndedClaim(sender, end).Commit()).Expect<InvalidOperationException>("claim has ended");
        EndedClaim(sender, end).Dispose();
        receiver.Drain(_ => { });
        sender.Send(s_message);
        Assert.That(receiver.Receive(), Is.EqualTo(s_message));
    }

    [Test]
    public void ClaimThatWasNeverMade()
    {
        Failure.Of(() => default(ByteClaim).Commit()).Expect<InvalidOperationException>("claim has ended");
        Failure.Of(() => default(ByteClaim).Payload.Clear()).Expect<InvalidOperationException>("claim has ended");
        default(ByteClaim).Dispose();
        Failure.Of(() => default(ReceivedBytes).Payload.ToArray()).Expect<ObjectDisposedException>("released");
        default(ReceivedBytes).Dispose();
    }

    [Test]
    public void SecondClaimOfAnExclusiveSender()
    {
        using Receiver<FixedProbe> receiver = Receiver<FixedProbe>.Create(ChannelPath);
        using ExclusiveSender<FixedProbe> sender = ExclusiveSender<FixedProbe>.Open(ChannelPath);
        using Claim<FixedProbe> claim = sender.Claim();

        Failure.Of(() => sender.Send(s_message)).Expect<InvalidOperationException>("neither committed nor aborted");
        Failure.Of(() => sender.TryClaim(out _)).Expect<InvalidOperationException>("neither committed nor aborted");
        claim.Writer = s_message;
        claim.Commit();
        Assert.That(receiver.Receive(), Is.EqualTo(s_message));
    }

    [Test]
    public void FailingWriterSendsNothing()
    {
        using Receiver<VariableProbe> receiver = Receiver<VariableProbe>.Create(ChannelPath);
        using Sender<VariableProbe> sender = Sender<VariableProbe>.Open(ChannelPath);
        VariableProbe broken = VariableProbe.From(new Probe(0, 0, 100));
        broken.Text = "half a pair: \uD800";

        Failure.Of(() => sender.Send(broken)).Expect<ArgumentException>("Text");
        Failure.Of(() => sender.TrySend(broken)).Expect<ArgumentException>("Text");
        Failure.Of(() => sender.SendBatch([broken])).Expect<ArgumentException>("Text");

        Assert.That(receiver.TryReceive(out _), Is.False);
        sender.Send(VariableProbe.From(new Probe(0, 1, 100)));
        Assert.That(receiver.Receive().Verify().Sequence, Is.EqualTo(1));
    }

    [Test]
    public void UsingAMessageAfterItsRelease()
    {
        using Receiver<FixedProbe> receiver = Receiver<FixedProbe>.Create(ChannelPath);
        using Sender<FixedProbe> sender = Sender<FixedProbe>.Open(ChannelPath);
        sender.SendBatch([s_message, s_message, s_message, s_message]);

        Failure.Of(() => Released(receiver).View.Read().Verify()).Expect<ObjectDisposedException>("was released", "senders again");
        Failure.Of(() => Released(receiver).Payload.ToArray()).Expect<ObjectDisposedException>("was released");
        Failure.Of(() => Released(receiver).Read()).Expect<ObjectDisposedException>("was released");
        ReceivedMessage<FixedProbe> released = Released(receiver);
        released.Dispose();
        Assert.That(receiver.TryReceive(out _), Is.False, "The second release released no other message.");
    }

    [Test]
    public void ReceivingWhileAMessageIsInHand()
    {
        using Receiver<FixedProbe> receiver = Receiver<FixedProbe>.Create(ChannelPath);
        using Sender<FixedProbe> sender = Sender<FixedProbe>.Open(ChannelPath);
        sender.SendBatch([s_message, s_message]);

        using (ReceivedMessage<FixedProbe> message = receiver.ReceiveInPlace())
        {
            Action[] calls =
            [
                () => receiver.Receive(),
                () => receiver.TryReceive(out _),
                () => receiver.TryReceive(out _, TimeSpan.Zero),
                () => receiver.ReceiveInPlace(),
                () => receiver.TryReceiveInPlace(out _),
                () => receiver.Drain(_ => { }),
                () => receiver.ReadAll().GetEnumerator().MoveNext(),
            ];
            foreach (Action call in calls)
            {
                Failure.Of(call).Expect<InvalidOperationException>("has not been released", "Dispose the message first");
            }

            Assert.That(message.Read(), Is.EqualTo(s_message), "The message is still held.");
        }

        Assert.That(receiver.Receive(), Is.EqualTo(s_message));
    }

    [Test]
    public void MessageInHandOutlivesItsReceiver()
    {
        Receiver<FixedProbe> receiver = Receiver<FixedProbe>.Create(ChannelPath);
        using Sender<FixedProbe> sender = Sender<FixedProbe>.Open(ChannelPath);
        sender.SendBatch([s_message, s_message]);

        using (ReceivedMessage<FixedProbe> message = receiver.ReceiveInPlace())
        {
            receiver.Dispose();
            Assert.That(message.View.Read().Verify().Sender, Is.Zero);
            Failure.Of(() => Receiver<FixedProbe>.Open(ChannelPath)).Expect<ChannelInUseException>();
        }

        using Receiver<FixedProbe> next = Receiver<FixedProbe>.Open(ChannelPath);
        Assert.That(next.Drain(_ => { }), Is.EqualTo(1));
    }

    [Test]
    public void ClaimOutlivesItsSender([Values] SenderFlavour flavour)
    {
        using ProbeReceiver receiver = ProbeKind.Fixed.CreateReceiver(ChannelPath);
        ProbeSender sender = ProbeKind.Fixed.OpenSender(flavour, ChannelPath);
        Probe probe = ProbeKind.Fixed.Probe(3, 0);

        sender.Claim(probe, ClaimEnd.Commit, sender.Dispose);

        Assert.That(receiver.Receive(), Is.EqualTo(probe));
        Failure.Of(() => sender.Send(probe)).Expect<ObjectDisposedException>();
    }

    [Test]
    public void BufferTooSmallKeepsTheMessage()
    {
        using ByteReceiver receiver = ByteReceiver.Create(ChannelPath);
        using ByteSender sender = ByteSender.Open(ChannelPath);
        sender.Send("twelve bytes"u8);

        Failure.Of(() => receiver.TryReceive(new byte[11], out _)).Expect<ArgumentException>(
            "12 bytes", "buffer 11", "larger buffer");
        Failure.Of(() => receiver.TryReceive([], out _, TimeSpan.Zero)).Expect<ArgumentException>("12 bytes", "buffer 0");

        byte[] buffer = new byte[20];
        Assert.That(receiver.TryReceive(buffer, out int length), Is.True);
        Assert.That(buffer[..length], Is.EqualTo("twelve bytes"u8.ToArray()));
        ExpectUsable(receiver);
    }

    [Test]
    public void SendingToADeletedChannel([Values] SenderFlavour flavour)
    {
        ProbeReceiver receiver = ProbeKind.Fixed.CreateReceiver(ChannelPath, new IpcChannelOptions { DeleteOnDispose = true });
        using ProbeSender sender = ProbeKind.Fixed.OpenSender(flavour, ChannelPath);
        Probe probe = ProbeKind.Fixed.Probe(0, 0);
        receiver.Dispose();

        foreach (Action call in CallsOf(sender, probe))
        {
            Failure.Of(call).Expect<ChannelRetiredException>(ChannelPath, "deleted or replaced", "Open the channel again");
        }
    }

    /// <summary>Every way to send a message.</summary>
    private static Action[] CallsOf(ProbeSender sender, Probe probe) =>
    [
        () => sender.Send(probe),
        () => sender.TrySend(probe),
        () => sender.TrySend(probe, TimeSpan.Zero),
        () => sender.SendWhenEmpty(probe),
        () => sender.TrySendWhenEmpty(probe, TimeSpan.Zero),
        () => sender.SendBatch([probe]),
        () => sender.TrySendBatch([probe]),
        () => sender.Claim(probe, ClaimEnd.Commit),
        () => sender.TryClaim(probe, ClaimEnd.Commit, TimeSpan.Zero),
    ];

    private static Claim<FixedProbe> EndedClaim(ExclusiveSender<FixedProbe> sender, ClaimEnd end)
    {
        Claim<FixedProbe> claim = sender.Claim();
        claim.End(end);
        return claim;
    }

    private static ReceivedMessage<FixedProbe> Released(Receiver<FixedProbe> receiver)
    {
        ReceivedMessage<FixedProbe> message = receiver.ReceiveInPlace();
        message.Dispose();
        return message;
    }
}
