using System.Diagnostics.CodeAnalysis;
using IpMpsc.MemoryPack.Tests.Models;

namespace IpMpsc.MemoryPack.Tests;

/// <summary>Every kind of type that MemoryPack serializes arrives as it was sent.</summary>
[CancelAfter(60_000)]
public sealed class ObjectRoundTripTests
{
    [Test]
    public void AClassWithCollections()
    {
        Person sent = Person.Of(7);
        sent.RequireEqual(Transfer(sent));
    }

    [Test]
    public void AUnionThatIsRecursive()
    {
        Group sent = new("all", [new Circle(1.5), new Group("inner", [new Circle(2)])]);

        Group received = (Group)Transfer<IShape>(sent);

        Assert.That(received.Name, Is.EqualTo("all"));
        Assert.That(received.Shapes[0], Is.EqualTo(new Circle(1.5)));
        Assert.That(((Group)received.Shapes[1]).Shapes, Is.EqualTo(new IShape[] { new Circle(2) }));
    }

    [Test]
    public void ATypeThatMayGrow()
    {
        Growing received = Transfer(new Growing { Old = 4, New = "n" });
        Assert.That((received.Old, received.New), Is.EqualTo((4, "n")));
    }

    [Test]
    public void ATypeThatRefersToItself()
    {
        Knot sent = new() { Name = "a" };
        sent.Next = new Knot { Name = "b", Next = sent };

        Knot received = Transfer(sent);

        Assert.That(received.Next!.Name, Is.EqualTo("b"));
        Assert.That(received.Next.Next, Is.SameAs(received));
    }

    [Test]
    public void TypesWithoutAttributes()
    {
        Assert.That(Transfer(new Point(3, -4)), Is.EqualTo(new Point(3, -4)));
        Assert.That(Transfer("text"), Is.EqualTo("text"));
        Assert.That(Transfer(42), Is.EqualTo(42));
        Assert.That(Transfer(new Dictionary<string, int[]> { ["k"] = [1, 2] })["k"], Is.EqualTo(new[] { 1, 2 }));
    }

    /// <summary>Buffered, in the ring, longer than expected, shorter than expected, longer than a kept buffer.</summary>
    [Test]
    public void MessagesOfChangingLengths([Values(0, 4096, int.MaxValue)] int bufferedLength, CancellationToken watchdog)
    {
        using ObjectReceiver<Picky> receiver =
            MemoryPackReceiver.CreateTemporary<Picky>(new IpcChannelOptions { Capacity = 1 << 23 });
        using ObjectSender<Picky> sender = MemoryPackSender.Open<Picky>(receiver.Path);
        sender.BufferedLength = bufferedLength;
        Random random = new(17);
        for (int round = 0; round < 500; round++)
        {
            byte[] ballast = new byte[round % 100 == 99 ? 3_000_000 : 1 << random.Next(17)];
            random.NextBytes(ballast);
            sender.Send(new Picky { Ballast = ballast }, watchdog);
            Assert.That(receiver.Receive(watchdog).Ballast.AsSpan().SequenceEqual(ballast), Is.True);
        }
    }

    private static T Transfer<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.All)] T>(T message)
    {
        using ObjectReceiver<T> receiver = MemoryPackReceiver.CreateTemporary<T>();
        using ObjectSender<T> sender = MemoryPackSender.Open<T>(receiver.Path);
        sender.Send(message);
        Assert.That(receiver.TryReceive(out T? received), Is.True);
        Assert.That(receiver.TryReceive(out _), Is.False);
        return received!;
    }
}
