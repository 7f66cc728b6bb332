using System.Buffers;
using System.Runtime.InteropServices;
using IpMpsc.Tests.Support;

namespace IpMpsc.Tests.Holding;

/// <summary>The memory of a held message is that of the ring, as long as the message is held.</summary>
[CancelAfter(30_000)]
public sealed class HeldMemoryTests : ChannelFixture
{
    private ByteReceiver _receiver = null!;

    [SetUp]
    public void Open()
    {
        _receiver = ByteReceiver.Create(ChannelPath);
        using ByteSender sender = ByteSender.Open(ChannelPath);
        sender.Send([1, 2, 3]);
        sender.Send([4]);
    }

    [TearDown]
    public void Close() => _receiver.Dispose();

    [Test]
    public void MemoryShowsThePayload()
    {
        using HeldBytes held = _receiver.Hold();
        Assert.That(held.Memory.Length, Is.EqualTo(3));
        Assert.That(held.Memory.ToArray(), Is.EqualTo(new byte[] { 1, 2, 3 }));
    }

    [Test]
    public unsafe void PinnedMemoryIsThatOfTheRing()
    {
        using HeldBytes held = _receiver.Hold();
        using MemoryHandle pinned = held.Memory[1..].Pin();
        fixed (byte* payload = held.Payload)
        {
            Assert.That((nint)pinned.Pointer, Is.EqualTo((nint)(payload + 1)));
        }
    }

    [Test]
    public void ReleasedMemoryThrows()
    {
        HeldBytes held = _receiver.Hold();
        ReadOnlyMemory<byte> memory = held.Memory;
        held.Dispose();
        Assert.Throws<ObjectDisposedException>(() => memory.ToArray());
        Assert.Throws<ObjectDisposedException>(() => memory.Pin());
        Assert.Throws<ObjectDisposedException>(() => _ = held.Memory);
        Assert.That(MemoryMarshal.TryGetArray(memory, out _), Is.False);
    }

    [Test]
    public void MessagesAreEqualIfTheyAreTheSame()
    {
        using HeldBytes first = _receiver.Hold();
        using HeldBytes second = _receiver.Hold();
        HeldBytes same = first;
        Assert.That(same == first && same.Equals((object)first) && same.GetHashCode() == first.GetHashCode());
        Assert.That(first == second || first.Equals((object)second), Is.False);
    }
}
