using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.IO.MemoryMappedFiles;
using IpMpsc.MemoryPack.Tests.Models;
using MemoryPack;

namespace IpMpsc.MemoryPack.Tests;

/// <summary>
/// Whatever bytes a channel carries, a receive returns an object or throws one of the documented exceptions, and the next
/// message arrives. A crash would end the test process.
/// </summary>
[CancelAfter(120_000)]
public sealed class HostileBytesTests
{
    private const int Mutations = 20_000;

    [Test]
    public void MutatedClass() => Mutate(Person.Of(5, tags: 10));

    [Test]
    public void MutatedUnion() => Mutate<IShape>(new Group("all", [new Circle(1.5), new Group("inner", [new Circle(2)])]));

    [Test]
    public void MutatedVersionTolerant() => Mutate(new Growing { Old = 4, New = "some text" });

    [Test]
    public void MutatedCircle()
    {
        Knot ring = new() { Name = "a" };
        ring.Next = new Knot { Name = "b", Next = ring };
        Mutate(ring);
    }

    [Test]
    public void NestedDeeperThanAnyStack()
    {
        byte[] payload = new byte[4_000_000];
        payload.AsSpan().Fill(1); // One member, which is an object of one member, and so on.
        payload[^1] = MemoryPackCode.NullObject;
        using ObjectReceiver<Chain> receiver = MemoryPackReceiver.CreateTemporary<Chain>(new IpcChannelOptions { Capacity = 1 << 23 });
        using ByteSender sender = ByteSender.Open(receiver.Path, format: MemoryPackFormat<Chain>.Default.Format);
        sender.Send(payload);

        MessageFormatException error = Assert.Throws<MessageFormatException>(() => receiver.Receive())!;

        Assert.That(error.Payload.Length, Is.EqualTo(payload.Length));
    }

    [Test]
    public void BytesBehindTheMessageAreAnError()
    {
        using ObjectReceiver<Point> receiver = MemoryPackReceiver.CreateTemporary<Point>();
        using ByteSender sender = ByteSender.Open(receiver.Path, format: MemoryPackFormat<Point>.Default.Format);
        byte[] payload = [.. MemoryPackSerializer.Serialize(new Point(1, 2)), 0];
        sender.Send(payload);

        MessageFormatException error = Assert.Throws<MessageFormatException>(() => receiver.Receive())!;

        Assert.That(error.Message, Does.Contain($"after {payload.Length - 1} of {payload.Length} bytes"));
        Assert.That(error.Payload.ToArray(), Is.EqualTo(payload));
    }

    /// <summary>Another process of the same user may write into a payload while the receiver reads it: the serializer reads a copy.</summary>
    [Test]
    public void PayloadsThatChangeWhileTheyAreRead([Values] bool toleratesChanges)
    {
        Meddling format = new(toleratesChanges);
        using ObjectReceiver<byte[]> receiver = ObjectReceiver<byte[]>.CreateTemporary(format, new IpcChannelOptions { Capacity = 4096 });
        using ObjectSender<byte[]> sender = ObjectSender<byte[]>.Open(receiver.Path, format);
        sender.Send(new byte[100]);
        format.Path = receiver.Path;

        byte[] received = receiver.Receive();

        Assert.That(received, toleratesChanges ? Is.All.EqualTo(77) : Is.All.Zero);
    }

    private static void Mutate<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.All)] T>(T message)
    {
        int seed = Environment.TickCount;
        TestContext.Out.WriteLine($"seed {seed}");
        Random random = new(seed);
        byte[] good = MemoryPackSerializer.Serialize(message);
        using ObjectReceiver<T> receiver = MemoryPackReceiver.CreateTemporary<T>();
        using ByteSender sender = ByteSender.Open(receiver.Path, format: MemoryPackFormat<T>.Default.Format);
        int refused = 0;
        for (int round = 0; round < Mutations; round++)
        {
            byte[] bad = [.. good];
            for (int change = random.Next(1, 5); change > 0; change--)
            {
                bad[random.Next(bad.Length)] = random.Next(3) == 0 ? (byte)255 : (byte)random.Next(256);
            }

            sender.Send(random.Next(4) == 0 ? bad.AsSpan(0, random.Next(bad.Length)) : bad);
            refused += ReceiveAnything(receiver) ? 0 : 1;
        }

        Assert.That(refused, Is.GreaterThan(Mutations / 20), "Too few mutations were refused: most of them changed nothing.");
        sender.Send(good);
        Assert.That(receiver.TryReceive(out _), Is.True);
    }

    private static bool ReceiveAnything<T>(ObjectReceiver<T> receiver)
    {
        try
        {
            Assert.That(receiver.TryReceive(out _), Is.True);
            return true;
        }
        catch (MessageFormatException)
        {
            return false;
        }
        catch (ChannelCorruptException)
        {
            receiver.SkipCorrupt();
            return false;
        }
    }

    /// <summary>Writes into the ring while it reads.</summary>
    private sealed class Meddling(bool toleratesChanges) : IObjectSerializer<byte[]>
    {
        public string? Path { get; set; }

        public ByteFormat Format { get; } = new("Raw", "Bytes");

        public bool ToleratesChanges => toleratesChanges;

        public void Serialize(in byte[] value, IBufferWriter<byte> destination) => destination.Write(value);

        public byte[] Deserialize(ReadOnlySpan<byte> payload)
        {
            long data = new FileInfo(Path!).Length - 4096;
            using MemoryMappedFile file = MemoryMappedFile.CreateFromFile(Path!, FileMode.Open, null, 0);
            using MemoryMappedViewAccessor view = file.CreateViewAccessor();
            byte[] changed = new byte[payload.Length];
            changed.AsSpan().Fill(77);
            view.WriteArray(data + 16, changed, 0, changed.Length);
            return payload.ToArray();
        }
    }
}
