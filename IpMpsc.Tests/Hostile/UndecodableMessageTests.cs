using IpMpsc.Layout;
using IpMpsc.Tests.Peer.Probes;
using IpMpsc.Tests.Support;

namespace IpMpsc.Tests.Hostile;

/// <summary>Payloads that are not valid messages are reported once, with their position and bytes, and skipped.</summary>
public sealed class UndecodableMessageTests : ChannelFixture
{
    private const int TextOffset = 16;
    private const int TextLength = TextOffset + sizeof(uint);
    private const int Text = VariableProbe.MinSize;

    private static readonly Probe s_bad = new(0, 0, 100);
    private static readonly Probe s_good = new(0, 1, 100);

    private Receiver<VariableProbe> _receiver = null!;
    private SegmentWords _words = null!;
    private long _position;
    private long _record;

    /// <summary>What is wrong, and the four bytes of the payload that cause it.</summary>
    private static IEnumerable<TestCaseData> BadPayloads =>
    [
        new TestCaseData(Text, 0xFFFF_FFFF).SetArgDisplayNames("not UTF-8"),
        new TestCaseData(Text, 0x4180_80C3).SetArgDisplayNames("one continuation byte too many"),
        new TestCaseData(Text, 0x8080_EDA0u).SetArgDisplayNames("a surrogate"),
        .. BadRanges,
    ];

    private static IEnumerable<TestCaseData> BadRanges =>
    [
        new TestCaseData(TextOffset, 101u).SetArgDisplayNames("offset beyond the payload"),
        new TestCaseData(TextOffset, uint.MaxValue).SetArgDisplayNames("largest offset"),
        new TestCaseData(TextOffset, uint.MaxValue - 15).SetArgDisplayNames("offset and length that wrap"),
        new TestCaseData(TextLength, 61u).SetArgDisplayNames("length beyond the payload"),
        new TestCaseData(TextLength, uint.MaxValue).SetArgDisplayNames("largest length"),
        new TestCaseData(TextLength, 0x8000_0000u).SetArgDisplayNames("negative length"),
    ];

    [SetUp]
    public void SendTwo()
    {
        _receiver = Receiver<VariableProbe>.Create(ChannelPath, new IpcChannelOptions { Capacity = 4096 });
        _words = new SegmentWords(ChannelPath);
        _position = _words.Tail;
        _record = _words.ReadInt64(HeaderDescriptor.DataOffset) + (_position & 4095);
        using Sender<VariableProbe> sender = Sender<VariableProbe>.Open(ChannelPath);
        sender.Send(VariableProbe.From(s_bad));
        sender.Send(VariableProbe.From(s_good));
    }

    [TearDown]
    public void Close()
    {
        _words.Dispose();
        _receiver.Dispose();
    }

    [TestCaseSource(nameof(BadPayloads))]
    public void IsReportedWithItsBytes(int offset, long value)
    {
        _words.Write(_record + RecordDescriptor.PayloadOffset + offset, (uint)value);
        byte[] payload = PayloadInRing(100);

        MessageFormatException error = Assert.Throws<MessageFormatException>(() => _receiver.Receive())!;

        Assert.That(error.Position, Is.EqualTo(_position));
        Assert.That(error.Payload.ToArray(), Is.EqualTo(payload));
        Assert.That(_receiver.Receive().Verify(), Is.EqualTo(s_good));
        Assert.That(_receiver.TryReceive(out _), Is.False);
    }

    [TestCaseSource(nameof(BadPayloads))]
    public void IsReportedOnceByEachWayToTry(int offset, long value)
    {
        _words.Write(_record + RecordDescriptor.PayloadOffset + offset, (uint)value);

        Assert.That(() => _receiver.TryReceive(out _, TimeSpan.FromSeconds(1)), Throws.TypeOf<MessageFormatException>());
        Assert.That(_receiver.TryReceive(out VariableProbe good), Is.True);
        Assert.That(good.Verify(), Is.EqualTo(s_good));
    }

    [TestCaseSource(nameof(BadRanges))]
    public void IsFoundInPlace(int offset, long value)
    {
        _words.Write(_record + RecordDescriptor.PayloadOffset + offset, (uint)value);

        Assert.That(LookInPlace, Throws.TypeOf<MessageFormatException>());
        Assert.That(LookInPlace(), Is.EqualTo(s_good));
    }

    [Test]
    public void PayloadShorterThanItsFixedPart([Values(0u, 8u, 39u)] uint length)
    {
        _words.Write(_record + RecordDescriptor.LengthOffset, length);

        MessageFormatException error = Assert.Throws<MessageFormatException>(() => _receiver.Receive())!;

        Assert.That(error.Position, Is.EqualTo(_position));
        Assert.That(error.Payload.Length, Is.EqualTo((int)length));
    }

    [Test]
    public void LengthBeyondTheRingIsCorrupt([Values(4081u, 0x7FFF_FFFFu, 0xFFFF_FFF0u, uint.MaxValue)] uint length)
    {
        _words.Write(_record + RecordDescriptor.LengthOffset, length);

        ChannelCorruptException error = Assert.Throws<ChannelCorruptException>(() => _receiver.Receive())!;
        Assert.That(error.Position, Is.EqualTo(_position));
        Assert.That(() => _receiver.TryReceive(out _), Throws.TypeOf<ChannelCorruptException>(), "The record stays until it is skipped.");
        Assert.That(_receiver.SkipCorrupt(), Is.EqualTo(128), "The next record is found.");
        Assert.That(_receiver.Receive().Verify(), Is.EqualTo(s_good));
    }

    [Test]
    public void OverwrittenStampIsCorruptAndSkipped()
    {
        _words.Write(_record, 0x1234_5678_9ABC_DEF0);

        ChannelCorruptException error = Assert.Throws<ChannelCorruptException>(() => _receiver.Receive())!;
        Assert.That(error.Position, Is.EqualTo(_position));
        Assert.That(_receiver.SkipCorrupt(), Is.EqualTo(128));
        Assert.That(_receiver.Receive().Verify(), Is.EqualTo(s_good));
    }

    [Test]
    public void MessageOfAnotherTypeIsSkipped()
    {
        ushort id = (ushort)_words.ReadUInt32(_record + RecordDescriptor.MessageIdOffset);
        _words.Write(_record + RecordDescriptor.MessageIdOffset, (uint)(id + 1) | 1 << 16);

        ChannelCorruptException error = Assert.Throws<ChannelCorruptException>(() => _receiver.Receive())!;
        Assert.That(error.Position, Is.EqualTo(_position));
        Assert.That(_receiver.Receive().Verify(), Is.EqualTo(s_good));
    }

    private Probe LookInPlace()
    {
        using ReceivedMessage<VariableProbe> message = _receiver.ReceiveInPlace();
        return VariableProbe.Verify(message);
    }

    private byte[] PayloadInRing(int length) =>
        [.. Enumerable.Range(0, length).Select(at => (byte)_words.ReadUInt32(_record + RecordDescriptor.PayloadOffset + at))];
}
