using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using IpMpsc.Receiving;

namespace IpMpsc.Tests.Conformance;

/// <summary>Messages of fixed size are copied by pieces: every byte must arrive, whatever is left for the last piece.</summary>
[TestFixture(TypeArgs = [typeof(Images.Of1)])]
[TestFixture(TypeArgs = [typeof(Images.Of63)])]
[TestFixture(TypeArgs = [typeof(Images.Of64)])]
[TestFixture(TypeArgs = [typeof(Images.Of65)])]
[TestFixture(TypeArgs = [typeof(Images.Of95)])]
[TestFixture(TypeArgs = [typeof(Images.Of96)])]
[TestFixture(TypeArgs = [typeof(Images.Of255)])]
[TestFixture(TypeArgs = [typeof(Images.Of256)])]
[TestFixture(TypeArgs = [typeof(Images.Of257)])]
public sealed class MessageImageTests<T> where T : unmanaged
{
    [Test]
    public void EveryByteArrives([Values(0, 1, 8, 31)] int offset)
    {
        byte[] ring = new byte[offset + Unsafe.SizeOf<T>()];
        new Random(offset + ring.Length).NextBytes(ring);

        MessageImage.Read(ring.AsSpan(offset), out T message);

        Assert.That(MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in message)).SequenceEqual(ring.AsSpan(offset)));
    }

    [Test]
    public void NothingBesideTheMessageIsWritten()
    {
        byte[] ring = new byte[Unsafe.SizeOf<T>()];
        Array.Fill(ring, (byte)0xEE);
        T[] messages = new T[3];

        MessageImage.Read(ring, out messages[1]);

        ReadOnlySpan<byte> written = MemoryMarshal.AsBytes(messages.AsSpan());
        Assert.That(written[..ring.Length].ContainsAnyExcept((byte)0), Is.False);
        Assert.That(written.Slice(ring.Length, ring.Length).SequenceEqual(ring));
        Assert.That(written[(2 * ring.Length)..].ContainsAnyExcept((byte)0), Is.False);
    }
}
