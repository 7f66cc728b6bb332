using IpMpsc.Schemas;
using IpMpsc.Tests.Support;
using IpMpsc.Tests.Waiting;

namespace IpMpsc.Tests.BadInput;

/// <summary>If two programs disagree about the meaning of a channel's bytes, opening it reports that.</summary>
public sealed class ByteFormatTests : ChannelFixture
{
    private static readonly ByteFormat s_format = new("MemoryPack", "Demo.Order", 0x12ab);

    [Test]
    public void TheSameFormatOpens()
    {
        using ByteReceiver receiver = ByteReceiver.Create(ChannelPath, format: s_format);
        using ByteSender shared = ByteSender.Open(ChannelPath, format: new ByteFormat("MemoryPack", "Demo.Order", 0x12ab));
        using ExclusiveByteSender exclusive = ExclusiveByteSender.OpenOrCreate(ChannelPath, format: s_format);

        shared.Send(3, "a"u8);
        exclusive.Send(4, "b"u8);

        Assert.That((Next(), Next()), Is.EqualTo(((ushort)3, (ushort)4)));
        ushort Next()
        {
            using ReceivedBytes message = receiver.ReceiveInPlace();
            return message.MessageId;
        }
    }

    [TestCase("Json", "Demo.Order", 0x12abul, "MemoryPack of Demo.Order", "Json of Demo.Order")]
    [TestCase("MemoryPack", "Demo.Trade", 0x12abul, "MemoryPack of Demo.Order", "MemoryPack of Demo.Trade")]
    [TestCase("MemoryPack", "Demo.Order", 0x12acul, "00000000000012ab", "00000000000012ac", "members differ")]
    public void AnotherFormatIsReportedInBothDirections(string name, string type, ulong fingerprint, params string[] told)
    {
        ByteFormat other = new(name, type, fingerprint);
        using (ByteReceiver.Create(ChannelPath, format: s_format))
        {
            ExpectMismatch(() => ByteSender.Open(ChannelPath, format: other), told);
            ExpectMismatch(() => ExclusiveByteSender.OpenOrCreate(ChannelPath, format: other), told);
        }

        ExpectMismatch(() => ByteReceiver.Open(ChannelPath, format: other), told);
    }

    [Test]
    public void FormattedBytesMatchNeitherRawBytesNorMessages()
    {
        using (ByteReceiver.Create(ChannelPath, format: s_format))
        {
            ExpectMismatch(() => ByteSender.Open(ChannelPath), "MemoryPack of Demo.Order", "raw bytes without a schema");
            ExpectMismatch(() => Sender<Tick>.Open(ChannelPath), "MemoryPack of Demo.Order", typeof(Tick).FullName!);
        }

        IpcChannel.Delete(ChannelPath);
        using (ByteReceiver.Create(ChannelPath))
        {
            ExpectMismatch(() => ByteSender.Open(ChannelPath, format: s_format), "raw bytes without a schema", "MemoryPack of Demo.Order");
        }

        IpcChannel.Delete(ChannelPath);
        using (Receiver<Tick>.Create(ChannelPath))
        {
            ExpectMismatch(() => ByteSender.Open(ChannelPath, format: s_format), typeof(Tick).FullName!, "MemoryPack of Demo.Order");
        }
    }

    [Test]
    public void AToolSeesTheFormatAndTakesPart()
    {
        using ByteReceiver receiver = ByteReceiver.Create(ChannelPath, format: s_format);
        Assert.That(SchemaDocument.Parse(IpcChannel.Inspect(ChannelPath).Schema).Format, Is.EqualTo(s_format));

        using RecordSender sender = RecordSender.Open(ChannelPath);
        sender.Send(77, 0, "x"u8);
        using ReceivedBytes message = receiver.ReceiveInPlace();
        Assert.That(message.MessageId, Is.EqualTo(77));
    }

    [TestCase("")]
    [TestCase("two words")]
    [TestCase("line\nbreak")]
    [TestCase("\u00a0")]
    public void NameThatCannotBeStoredIsRefused(string name)
    {
        Assert.That(() => new ByteFormat(name, "T"), Throws.ArgumentException);
        Assert.That(() => new ByteFormat("F", name), Throws.ArgumentException);
    }

    [TestCase("format A type B fingerprint 00000000000000AB\n")]
    [TestCase("format A type B fingerprint 00ab\n")]
    [TestCase("format A type B fingerprint 00000000000000ab")]
    [TestCase("format A type B fingerprint 00000000000000ab\n\n")]
    [TestCase("format A  type B fingerprint 00000000000000ab\n")]
    [TestCase("format A type B\n")]
    public void AnyOtherLineIsNotASchema(string text) =>
        Assert.That(() => SchemaDocument.Parse(text), Throws.InstanceOf<SchemaFormatException>());

    private static void ExpectMismatch(Func<IDisposable> open, params string[] told)
    {
        ChannelMismatchException error = Assert.Throws<ChannelMismatchException>(() => open().Dispose())!;
        foreach (string part in told)
        {
            Assert.That(error.Message, Does.Contain(part));
        }
    }
}
