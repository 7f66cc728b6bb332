using IpMpsc.Layout;
using IpMpsc.Segments;
using IpMpsc.Tests.Support;

namespace IpMpsc.Tests.Layout;

/// <summary>What is shown of a file that cannot be opened, and of the reason.</summary>
public sealed class HeaderImageTests : ChannelFixture
{
    private static readonly IpcChannelOptions s_options = new() { Capacity = 4096, MaxSenders = 3, ParticipantName = "the receiver" };

    [Test]
    public void TellsTheNumbersOfTheFile()
    {
        using ByteReceiver receiver = ByteReceiver.Create(ChannelPath, s_options);
        using ByteSender sender = ByteSender.Open(ChannelPath);
        sender.Send(new byte[10]);
        HeaderImage image = HeaderImage.Read(ChannelPath);
        Assert.Multiple(() =>
        {
            Assert.That(image.IsOfThisLayout);
            Assert.That(image.Capacity, Is.EqualTo(4096));
            Assert.That(image.SlotCount, Is.EqualTo(3));
            Assert.That(image.SegmentSize, Is.EqualTo(image.FileSize).And.EqualTo(new FileInfo(ChannelPath).Length));
            Assert.That(image.SchemaLength, Is.Zero, "A channel of bytes has no schema.");
            Assert.That(image.Head, Is.Zero);
            Assert.That(image.Tail, Is.EqualTo(32));
            Assert.That(image.Creator, Is.EqualTo((Environment.ProcessId, "the receiver")));
            Assert.That(image.Receiver, Is.EqualTo(image.Creator));
            Assert.That(image.Created, Is.EqualTo(DateTimeOffset.UtcNow).Within(TimeSpan.FromHours(1)));
        });
    }

    [Test]
    public void AHeaderThatContradictsItselfIsReportedWithNumbers()
    {
        ByteReceiver.Create(ChannelPath, s_options).Dispose();
        using SegmentWords words = new(ChannelPath);
        words.Write(HeaderDescriptor.CapacityOffset, 4097L);

        Failure.Of(() => ByteSender.Open(ChannelPath)).Expect<ChannelCorruptException>("capacity 4,097, slots 3", "contradict each other");
        Assert.That(HeaderImage.Read(ChannelPath).Capacity, Is.EqualTo(4097));
    }

    [Test]
    public void ImpossiblePositionsAreReportedWithNumbers()
    {
        ByteReceiver.Create(ChannelPath, s_options).Dispose();
        using SegmentWords words = new(ChannelPath);
        words.Write(HeaderDescriptor.HeadOffset, 64L);

        Failure.Of(() => ByteSender.Open(ChannelPath)).Expect<ChannelCorruptException>("head 64, tail 0, capacity 4,096");
        Assert.That(HeaderImage.Read(ChannelPath).Head, Is.EqualTo(64));
    }

    [Test]
    public void AnUnrelatedFileIsNotAChannel()
    {
        File.WriteAllBytes(ChannelPath, new byte[HeaderDescriptor.Size]);
        HeaderImage image = HeaderImage.Read(ChannelPath);
        Assert.That(image.IsChannel || image.IsOfThisLayout, Is.False);
    }
}
