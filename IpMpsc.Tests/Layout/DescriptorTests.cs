using IpMpsc.Layout;

namespace IpMpsc.Tests.Layout;

/// <summary>Pins every offset and size of docs/shared-layout.md: another process may have been built years ago.</summary>
public sealed class DescriptorTests
{
    [Test]
    public void Header() => Assert.Multiple(() =>
    {
        Assert.That(HeaderDescriptor.Magic, Is.EqualTo(BitConverter.ToUInt64([.. "IpMpsc"u8, 0x89, 0x1A])));
        Assert.That(HeaderDescriptor.LayoutVersion, Is.EqualTo(4));
        Assert.That(HeaderDescriptor.MagicOffset, Is.EqualTo(0));
        Assert.That(HeaderDescriptor.LayoutVersionOffset, Is.EqualTo(8));
        Assert.That(HeaderDescriptor.SlotCountOffset, Is.EqualTo(12));
        Assert.That(HeaderDescriptor.CapacityOffset, Is.EqualTo(16));
        Assert.That(HeaderDescriptor.CookieOffset, Is.EqualTo(24));
        Assert.That(HeaderDescriptor.FingerprintOffset, Is.EqualTo(32));
        Assert.That(HeaderDescriptor.SlotsOffset, Is.EqualTo(40));
        Assert.That(HeaderDescriptor.SchemaOffset, Is.EqualTo(48));
        Assert.That(HeaderDescriptor.SchemaLengthOffset, Is.EqualTo(56));
        Assert.That(HeaderDescriptor.DataOffset, Is.EqualTo(64));
        Assert.That(HeaderDescriptor.SegmentSizeOffset, Is.EqualTo(72));
        Assert.That(HeaderDescriptor.ChannelIdOffset, Is.EqualTo(80));
        Assert.That(HeaderDescriptor.CreatedOffset, Is.EqualTo(96));
        Assert.That(HeaderDescriptor.CreatorOffset, Is.EqualTo(104));
        Assert.That(HeaderDescriptor.WakeUpOffset, Is.EqualTo(184));
        Assert.That(HeaderDescriptor.TailOffset, Is.EqualTo(256));
        Assert.That(HeaderDescriptor.HeadOffset, Is.EqualTo(384));
        Assert.That(HeaderDescriptor.MessagesReceivedOffset, Is.EqualTo(392));
        Assert.That(HeaderDescriptor.BytesReceivedOffset, Is.EqualTo(400));
        Assert.That(HeaderDescriptor.DroppedByReceiverOffset, Is.EqualTo(408));
        Assert.That(HeaderDescriptor.ReceiverSignalOffset, Is.EqualTo(512));
        Assert.That(HeaderDescriptor.ChannelStateOffset, Is.EqualTo(516));
        Assert.That(HeaderDescriptor.SpaceSignalOffset, Is.EqualTo(640));
        Assert.That(HeaderDescriptor.ReceiverIdentityOffset, Is.EqualTo(768));
        Assert.That(HeaderDescriptor.BlockedAtOffset, Is.EqualTo(848));
        Assert.That(HeaderDescriptor.BlockedSinceOffset, Is.EqualTo(856));
        Assert.That(HeaderDescriptor.HeldMessagesOffset, Is.EqualTo(864));
        Assert.That(HeaderDescriptor.HeldSinceOffset, Is.EqualTo(872));
        Assert.That(HeaderDescriptor.CursorOffset, Is.EqualTo(880));
        Assert.That(HeaderDescriptor.JoinsOffset, Is.EqualTo(896));
        Assert.That(HeaderDescriptor.CompletedOffset, Is.EqualTo(904));
        Assert.That(HeaderDescriptor.DroppedBySendersOffset, Is.EqualTo(1024));
        Assert.That(HeaderDescriptor.Size, Is.EqualTo(4096));
    });

    [Test]
    public void Trailer() => Assert.Multiple(() =>
    {
        Assert.That(TrailerDescriptor.SentOffset, Is.EqualTo(0));
        Assert.That(TrailerDescriptor.TraceIdOffset, Is.EqualTo(8));
        Assert.That(TrailerDescriptor.SpanIdOffset, Is.EqualTo(24));
        Assert.That(TrailerDescriptor.FlagsOffset, Is.EqualTo(32));
        Assert.That(TrailerDescriptor.Size, Is.EqualTo(48));
    });

    [Test]
    public void ContendedWordsHaveLinesOfTheirOwn()
    {
        int[] words =
        [
            HeaderDescriptor.TailOffset,
            HeaderDescriptor.HeadOffset,
            HeaderDescriptor.ReceiverSignalOffset,
            HeaderDescriptor.SpaceSignalOffset,
            HeaderDescriptor.ReceiverIdentityOffset,
            HeaderDescriptor.JoinsOffset,
            HeaderDescriptor.DroppedBySendersOffset,
        ];

        Assert.That(words.Select(word => word / 128), Is.Unique);
        Assert.That(words.Select(word => word % 128), Is.All.Zero);
        Assert.That(HeaderDescriptor.WakeUpOffset + sizeof(uint), Is.LessThanOrEqualTo(words[0]));
    }

    [Test]
    public void State() => Assert.Multiple(() =>
    {
        Assert.That(ChannelState.Retired, Is.EqualTo(1u));
        Assert.That(ChannelState.WithPriority(0, 0, 0), Is.EqualTo(0x0001_0000u));
        Assert.That(ChannelState.WithPriority(ChannelState.Retired, 4095, 0x8001), Is.EqualTo(0x1000_0003u));
        Assert.That(ChannelState.WithoutPriority(0x1000_0003), Is.EqualTo(1u));
    });

    [Test]
    public void Identity() => Assert.Multiple(() =>
    {
        Assert.That(IdentityDescriptor.ProcessIdOffset, Is.EqualTo(0));
        Assert.That(IdentityDescriptor.JoinedOffset, Is.EqualTo(8));
        Assert.That(IdentityDescriptor.NameOffset, Is.EqualTo(16));
        Assert.That(IdentityDescriptor.NameSize, Is.EqualTo(48));
        Assert.That(IdentityDescriptor.Size, Is.EqualTo(80));
    });

    [Test]
    public void Slot() => Assert.Multiple(() =>
    {
        Assert.That(SlotDescriptor.ClaimPositionOffset, Is.EqualTo(0));
        Assert.That(SlotDescriptor.ClaimLengthOffset, Is.EqualTo(8));
        Assert.That(SlotDescriptor.MessagesOffset, Is.EqualTo(16));
        Assert.That(SlotDescriptor.BytesOffset, Is.EqualTo(24));
        Assert.That(SlotDescriptor.WaitsOffset, Is.EqualTo(32));
        Assert.That(SlotDescriptor.IdentityOffset, Is.EqualTo(48));
        Assert.That(SlotDescriptor.DroppedOffset, Is.EqualTo(112));
        Assert.That(SlotDescriptor.SourceConfirmedOffset, Is.EqualTo(120));
        Assert.That(SlotDescriptor.Size, Is.EqualTo(128));
        Assert.That(SlotDescriptor.NoClaim, Is.EqualTo(-1));
    });

    [Test]
    public void Record() => Assert.Multiple(() =>
    {
        Assert.That(RecordDescriptor.Alignment, Is.EqualTo(16));
        Assert.That(RecordDescriptor.StampOffset, Is.EqualTo(0));
        Assert.That(RecordDescriptor.LengthOffset, Is.EqualTo(8));
        Assert.That(RecordDescriptor.MessageIdOffset, Is.EqualTo(12));
        Assert.That(RecordDescriptor.SchemaVersionOffset, Is.EqualTo(14));
        Assert.That(RecordDescriptor.PayloadOffset, Is.EqualTo(16));
        Assert.That(RecordDescriptor.HeaderSize, Is.EqualTo(16));
        Assert.That(Enum.GetValues<RecordState>().Select(state => ((int)state, state.ToString())), Is.EquivalentTo(new[]
        {
            (1, nameof(RecordState.Message)), (2, nameof(RecordState.Padding)), (3, nameof(RecordState.Aborted)), (4, nameof(RecordState.Traced)),
        }));
    });

    [TestCase(0, 16)]
    [TestCase(1, 32)]
    [TestCase(16, 32)]
    [TestCase(17, 48)]
    [TestCase(48, 64)]
    [TestCase(int.MaxValue, 2_147_483_664)]
    public void RecordSizes(int payload, long record) =>
        Assert.That(RecordDescriptor.RecordSize(payload), Is.EqualTo(record));

    [Test]
    public void RecordDescription()
    {
        ulong description = RecordDescriptor.Describe(0x1234_5678, 0xABCD, 0x0102);

        Assert.That(description, Is.EqualTo(0x0102_ABCD_1234_5678));
        Assert.That(RecordDescriptor.LengthOf(description), Is.EqualTo(0x1234_5678));
        Assert.That(RecordDescriptor.MessageIdOf(description), Is.EqualTo(0xABCD));
        Assert.That(RecordDescriptor.SchemaVersionOf(description), Is.EqualTo(0x0102));
    }

    [Test]
    public void Liveness() => Assert.Multiple(() =>
    {
        Assert.That(LivenessDescriptor.Naming, Is.EqualTo(0x3FFF_FFFF_FFFF_FFFE));
        Assert.That(LivenessDescriptor.Receiver, Is.EqualTo(0x3FFF_FFFF_FFFF_FFFF));
        Assert.That(LivenessDescriptor.Slot(0), Is.EqualTo(0x4000_0000_0000_0000));
        Assert.That(LivenessDescriptor.Slot(63), Is.EqualTo(0x4000_0000_0000_003F));
        Assert.That(LivenessDescriptor.Naming + LivenessDescriptor.Count(64), Is.EqualTo(LivenessDescriptor.Slot(64)));
    });

    [TestCase(64, 1, 0, 4096 + 128, 8192, 8192 + 64)]
    [TestCase(1 << 20, 64, 100, 12_288, 16_384, 16_384 + (1 << 20))]
    [TestCase(4096, 64, 0, 12_288, 12_288, 16_384)]
    [TestCase(4096, 64, 4097, 12_288, 20_480, 24_576)]
    public void Sections(int capacity, int slots, int schema, int schemaOffset, int dataOffset, int size)
    {
        SegmentLayout layout = new(capacity, slots, schema);

        Assert.That(SegmentLayout.SlotsOffset, Is.EqualTo(4096));
        Assert.That(layout.SchemaOffset, Is.EqualTo(schemaOffset));
        Assert.That(layout.DataOffset, Is.EqualTo(dataOffset));
        Assert.That(layout.SegmentSize, Is.EqualTo(size));
        Assert.That(layout.IsPlausible, Is.True);
    }

    [TestCase(0, 1, 0)]
    [TestCase(32, 1, 0)]
    [TestCase(96, 1, 0)]
    [TestCase(-64, 1, 0)]
    [TestCase(1L << 32, 1, 0)]
    [TestCase(64, 0, 0)]
    [TestCase(64, 4097, 0)]
    [TestCase(64, -1, 0)]
    [TestCase(64, 1, -1)]
    [TestCase(64, 1, (1 << 20) + 1)]
    public void ImplausibleSections(long capacity, int slots, int schema) =>
        Assert.That(new SegmentLayout(capacity, slots, schema).IsPlausible, Is.False);
}
