using IpMpsc.Wire;

namespace IpMpsc.Tests.Conformance;

/// <summary>Large payloads are copied in blocks: what lies at the ends of those must arrive, and nothing beyond them.</summary>
public sealed class LargeCopyTests
{
    private const int Margin = 64;

    [Test]
    public void EveryByteArrivesAndNoOtherIsTouched(
        [Values(0, 1, LargeCopy.Block - 1, LargeCopy.Block, LargeCopy.Block + 1, (3 * LargeCopy.Block) + 127)] int length,
        [Values(0, 1, 16, 33, 63)] int offset)
    {
        byte[] source = new byte[length];
        new Random(length + offset).NextBytes(source);
        byte[] destination = new byte[Margin + offset + length + Margin];
        Array.Fill(destination, (byte)0xEE);

        LargeCopy.Copy(source, destination.AsSpan(Margin + offset));

        Assert.That(destination.AsSpan(Margin + offset, length).SequenceEqual(source));
        Assert.That(destination.AsSpan(0, Margin + offset).ContainsAnyExcept((byte)0xEE), Is.False);
        Assert.That(destination.AsSpan(Margin + offset + length).ContainsAnyExcept((byte)0xEE), Is.False);
    }

    [Test]
    public void DestinationThatIsTooShortIsRefused([Values(10, LargeCopy.Block + 10)] int length)
    {
        byte[] source = new byte[length];
        byte[] destination = new byte[length - 1];

        Array.Fill(source, (byte)1);

        Assert.That(() => LargeCopy.Copy(source, destination), Throws.InstanceOf<ArgumentException>());
        Assert.That(destination, Is.All.Zero);
    }
}
