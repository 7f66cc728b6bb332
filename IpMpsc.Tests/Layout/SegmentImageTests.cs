using System.Text;
using IpMpsc.Layout;
using IpMpsc.Platform;
using IpMpsc.Tests.Peer.Probes;
using IpMpsc.Tests.Support;

namespace IpMpsc.Tests.Layout;

/// <summary>The bytes of a real channel's file, read without the library, at the offsets of docs/shared-layout.md.</summary>
public sealed class SegmentImageTests : ChannelFixture
{
    private const int Capacity = 256;
    private const int Slots = 2;

    [Test]
    public void HeaderOfANewChannel()
    {
        long before = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        using Receiver<FixedProbe> receiver = Receiver<FixedProbe>.Create(ChannelPath, Options("the receiver"));
        long after = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        byte[] image = SharedFile.ReadAllBytes(ChannelPath);
        byte[] schema = Encoding.UTF8.GetBytes(SchemaOf<FixedProbe>());
        int dataOffset = 4096 + (Slots * 128) + schema.Length <= 8192 ? 8192 : throw new InvalidOperationException("The schema grew.");

        Assert.Multiple(() =>
        {
            Assert.That(image, Has.Length.EqualTo(dataOffset + Capacity));
            Assert.That(Encoding.ASCII.GetString(image, 0, 6), Is.EqualTo("IpMpsc"));
            Assert.That(Word(image, 0), Is.EqualTo(0x1A89_6373_704D_7049));
            Assert.That(BitConverter.ToUInt32(image, 8), Is.EqualTo(4), "layout version");
            Assert.That(BitConverter.ToUInt32(image, 12), Is.EqualTo(Slots));
            Assert.That(Word(image, 16), Is.EqualTo(Capacity));
            Assert.That(Word(image, 24) & 15, Is.Zero, "cookie");
            Assert.That(Word(image, 32), Is.EqualTo(FingerprintOf(schema)), "fingerprint");
            Assert.That(Word(image, 40), Is.EqualTo(4096), "slots");
            Assert.That(Word(image, 48), Is.EqualTo(4096 + (Slots * 128)), "schema");
            Assert.That(Word(image, 56), Is.EqualTo(schema.Length));
            Assert.That(Word(image, 64), Is.EqualTo(dataOffset), "data");
            Assert.That(Word(image, 72), Is.EqualTo(image.Length));
            Assert.That(image[80..96], Has.Some.Not.Zero, "channel id");
            Assert.That(Word(image, 96), Is.InRange(before, after), "created");
            AssertIdentity(image.AsSpan(104), "the receiver", before, after);
            Assert.That(BitConverter.ToUInt32(image, 184), Is.EqualTo((uint)HostPlatform.Current.WakeMechanism), "wake-up");
            Assert.That(Word(image, 256), Is.Zero, "tail");
            Assert.That(Word(image, 384), Is.Zero, "head");
            AssertIdentity(image.AsSpan(768), "the receiver", before, after);
            Assert.That(Word(image, 896), Is.Zero, "joins");
            Assert.That(Word(image, 904), Is.Zero, "joins whose end a receiver has acknowledged");
            Assert.That(Word(image, 4096), Is.EqualTo(-1), "claim of slot 0");
            Assert.That(Word(image, 4096 + 128), Is.EqualTo(-1), "claim of slot 1");
            Assert.That(image.AsSpan(4096 + (Slots * 128), schema.Length).SequenceEqual(schema), Is.True);
            Assert.That(image[dataOffset..], Is.All.Zero);
        });
    }

    [Test]
    public void RecordsOfEveryState()
    {
        using ByteReceiver receiver = ByteReceiver.Create(ChannelPath, Options("receiver"));
        using ByteSender sender = ByteSender.Open(ChannelPath, Options("sender"));
        const int DataOffset = 8192;

        // 16 + 5 bytes are 32; the aborted claim takes 208; the lap has 16 left.
        sender.Send("12345"u8);
        sender.Claim(192).Abort();
        Assert.That(receiver.Receive(), Is.EqualTo("12345"u8.ToArray()));
        Assert.That(receiver.TryReceiveInPlace(out _), Is.False);
        sender.Send("abcdefghij"u8);
        byte[] image = SharedFile.ReadAllBytes(ChannelPath);
        long cookie = Word(image, 24);

        Assert.Multiple(() =>
        {
            Assert.That(Word(image, DataOffset + 32), Is.EqualTo(StampOf(32, cookie, 3)), "aborted");
            Assert.That(Word(image, DataOffset + 40), Is.EqualTo(192), "length behind its header");
            Assert.That(Word(image, DataOffset + 240), Is.EqualTo(StampOf(240, cookie, 2)), "padding");
            Assert.That(Word(image, DataOffset + 248), Is.Zero, "length behind its header");
            Assert.That(Word(image, DataOffset), Is.EqualTo(StampOf(256, cookie, 1)), "message");
            Assert.That(BitConverter.ToUInt32(image, DataOffset + 8), Is.EqualTo(10));
            Assert.That(BitConverter.ToUInt32(image, DataOffset + 12), Is.Zero, "id and version of raw bytes");
            Assert.That(Encoding.ASCII.GetString(image, DataOffset + 16, 10), Is.EqualTo("abcdefghij"));
            Assert.That(Word(image, 256), Is.EqualTo(288), "tail");
            Assert.That(Word(image, 384), Is.EqualTo(240), "head");
            Assert.That(Word(image, 392), Is.EqualTo(1), "messages received");
            Assert.That(Word(image, 400), Is.EqualTo(5), "bytes received");
            Assert.That(Word(image, 4096), Is.EqualTo(256), "the claim stays in the slot");
            Assert.That(Word(image, 4104), Is.EqualTo(32), "with its length");
            Assert.That(Word(image, 4112), Is.EqualTo(2), "messages sent");
            Assert.That(Word(image, 4120), Is.EqualTo(15), "bytes sent");
            Assert.That(BitConverter.ToInt32(image, 4096 + 48), Is.EqualTo(Environment.ProcessId));
        });
    }

    [Test]
    public void TypedRecordsCarryIdAndVersion()
    {
        using Receiver<FixedProbe> receiver = Receiver<FixedProbe>.Create(ChannelPath, Options("receiver"));
        using Sender<FixedProbe> sender = Sender<FixedProbe>.Open(ChannelPath);
        sender.Send(FixedProbe.From(new Probe(1, 2, FixedProbe.Size)));
        byte[] image = SharedFile.ReadAllBytes(ChannelPath);
        string id = SchemaOf<FixedProbe>().Split(' ')[3];

        Assert.That(BitConverter.ToUInt32(image, 8192 + 8), Is.EqualTo(FixedProbe.Size));
        Assert.That(BitConverter.ToUInt16(image, 8192 + 12).ToString(), Is.EqualTo(id));
        Assert.That(BitConverter.ToUInt16(image, 8192 + 14), Is.EqualTo(1));
        Assert.That(BitConverter.ToInt64(image, 8192 + 16 + 8), Is.EqualTo(2));
    }

    [Test]
    public void RetirementIsMarkedInTheFile()
    {
        using ByteReceiver receiver = ByteReceiver.Create(ChannelPath, Options("receiver"));
        using SegmentWords words = new(ChannelPath);

        Assert.That(words.ReadUInt32(516), Is.Zero);
        IpcChannel.Delete(ChannelPath, evenIfInUse: true);
        Assert.That(words.ReadUInt32(516), Is.EqualTo(1));
    }

    private static IpcChannelOptions Options(string name) => new() { Capacity = Capacity, MaxSenders = Slots, ParticipantName = name };

    private static string SchemaOf<T>() where T : struct, IChannelMessage<T> => T.Schema.Text;

    private static long Word(byte[] image, int offset) => BitConverter.ToInt64(image, offset);

    private static long StampOf(long position, long cookie, long state) =>
        ((position * unchecked((long)0x9E37_79B9_7F4A_7C15)) ^ cookie) | state;

    /// <summary>FNV-1a, 64 bits.</summary>
    private static long FingerprintOf(byte[] text) => text.Aggregate(
        unchecked((long)0xCBF2_9CE4_8422_2325), (hash, value) => unchecked((hash ^ value) * 0x100_0000_01B3));

    private static void AssertIdentity(ReadOnlySpan<byte> identity, string name, long before, long after)
    {
        Assert.That(BitConverter.ToInt32(identity), Is.EqualTo(Environment.ProcessId));
        Assert.That(BitConverter.ToInt32(identity[4..]), Is.Zero);
        Assert.That(BitConverter.ToInt64(identity[8..]), Is.InRange(before, after));
        Assert.That(Encoding.UTF8.GetString(identity.Slice(16, 64)).TrimEnd('\0'), Is.EqualTo(name));
    }
}
