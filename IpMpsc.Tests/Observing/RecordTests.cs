using IpMpsc.Schemas;
using IpMpsc.Tests.Support;
using IpMpsc.Tests.Waiting;

namespace IpMpsc.Tests.Observing;

/// <summary>Participation in a channel by its own schema alone.</summary>
public sealed class RecordTests : ChannelFixture
{
    [Test]
    public void TypedMessagesAreReceivedByTheirSchema()
    {
        Receiver<Note>.Create(ChannelPath).Dispose();
        using Sender<Note> sender = Sender<Note>.Open(ChannelPath);
        using RecordReceiver receiver = RecordReceiver.Open(ChannelPath);
        sender.Send(new Note { Number = 7, Text = "seven" });

        using ReceivedRecord record = receiver.ReceiveInPlace();
        SchemaMessage schema = SchemaDocument.Parse(receiver.Schema).Find(record.MessageId)!;

        Assert.That(schema.Decode(record.Payload, record.SchemaVersion)["Text"], Is.EqualTo("seven"));
    }

    [Test]
    public void EncodedMessagesAreReceivedAsTyped()
    {
        using Receiver<Note> receiver = Receiver<Note>.Create(ChannelPath);
        using RecordSender sender = RecordSender.Open(ChannelPath);
        SchemaMessage schema = SchemaDocument.Parse(sender.Schema).Messages.Single();

        sender.Send(schema.Id, schema.Version, schema.Encode(new MessageValue { { "Number", 8L }, { "Text", "eight" } }));

        Note note = receiver.Receive();
        Assert.That((note.Number, note.Text), Is.EqualTo((8L, "eight")));
    }

    [Test]
    public void BytesAreRecordsWithoutAnId()
    {
        using ByteReceiver bytes = ByteReceiver.Create(ChannelPath);
        using RecordSender sender = RecordSender.Open(ChannelPath);
        sender.Send(0, 0, [1, 2]);
        Assert.That(bytes.Receive(), Is.EqualTo(new byte[] { 1, 2 }));

        bytes.Dispose();
        using RecordReceiver receiver = RecordReceiver.Open(ChannelPath);
        sender.Send(0, 0, [3]);
        Assert.That(receiver.TryReceiveInPlace(out ReceivedRecord record), Is.True);
        Assert.That((record.MessageId, record.SchemaVersion, record.Payload[0]), Is.EqualTo(((ushort)0, (ushort)0, (byte)3)));
        record.Dispose();
        Assert.That(receiver.TryReceiveInPlace(out _), Is.False);
    }

    [Test]
    public void AMessageThatTheChannelDoesNotHaveIsRefused()
    {
        using Receiver<Note> receiver = Receiver<Note>.Create(ChannelPath);
        using RecordSender sender = RecordSender.Open(ChannelPath);

        Assert.That(
            () => sender.Send(0, 0, [1]), Throws.ArgumentException.With.Message.Contains($"it has {MessageSchema.Of<Note>().Id}"));
        Assert.That(receiver.TryReceive(out _), Is.False);
    }

    [Test]
    public void AChannelIsMadeByASchema()
    {
        using RecordSender sender = RecordSender.OpenOrCreate(ChannelPath, MessageSchema.Of<Note>().Text);
        using Receiver<Note> receiver = Receiver<Note>.Open(ChannelPath);

        Assert.That(IpcChannel.Inspect(ChannelPath).Schema, Is.EqualTo(MessageSchema.Of<Note>().Text));
        Assert.That(
            () => RecordSender.OpenOrCreate(ChannelPath, MessageSchema.Of<Tick>().Text),
            Throws.TypeOf<ChannelMismatchException>());
        Assert.That(() => RecordSender.OpenOrCreate(ChannelPath, "nonsense"), Throws.TypeOf<SchemaFormatException>());
    }

    [Test]
    public void RecoverSkipsGapsAndTakesNothing()
    {
        using RecordReceiver receiver = OpenWithGaps(3);
        using ByteSender sender = ByteSender.Open(ChannelPath);
        sender.Send("kept"u8);
        ChannelInfo before = IpcChannel.Inspect(ChannelPath);

        long gaps = receiver.Recover();
        ChannelInfo after = IpcChannel.Inspect(ChannelPath);

        Assert.That((gaps, receiver.Recover()), Is.EqualTo((3L, 0L)));
        Assert.That((before.Head, after.Head), Is.EqualTo((HeadState.Abandoned, HeadState.Ready)));
        Assert.That(after.HeadPosition - before.HeadPosition, Is.EqualTo(3 * 32));
        using ReceivedRecord record = receiver.ReceiveInPlace();
        Assert.That(record.Payload.ToArray(), Is.EqualTo("kept"u8.ToArray()));
    }

    [Test]
    public void RecoverLeavesTheClaimsOfTheLiving()
    {
        using ByteSender sender = ByteSender.OpenOrCreate(ChannelPath);
        using RecordReceiver receiver = RecordReceiver.Open(ChannelPath);
        using ByteClaim claim = sender.Claim(16);

        Assert.That(receiver.Recover(), Is.Zero);

        claim.Commit();
        using ReceivedRecord record = receiver.ReceiveInPlace();
        Assert.That(record.Payload.Length, Is.EqualTo(16));
    }

    private RecordReceiver OpenWithGaps(int claims)
    {
        ByteReceiver.Create(ChannelPath).Dispose();
        using PeerProcess holder = PeerProcess.Start("claims", ChannelPath, $"{claims}");
        holder.Expect("held");
        holder.Kill();
        return RecordReceiver.Open(ChannelPath);
    }
}
