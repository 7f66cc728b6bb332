using IpMpsc.MemoryPack.Tests.Models;
using MemoryPack;

namespace IpMpsc.MemoryPack.Tests;

/// <summary>Recursive types are read with a check of the stack, and are read correctly.</summary>
[CancelAfter(60_000)]
public sealed class NestingTests
{
    /// <summary>MemoryPack itself writes no more than a thousand levels.</summary>
    [Test]
    public void EveryDepthThatCanBeWrittenIsRead([Values(1, 63, 64, 65, 500, 900)] int depth, CancellationToken watchdog)
    {
        using ObjectReceiver<Chain> receiver = MemoryPackReceiver.CreateTemporary<Chain>();
        using ObjectSender<Chain> sender = MemoryPackSender.Open<Chain>(receiver.Path);
        Chain? sent = null;
        for (int level = 0; level < depth; level++)
        {
            sent = new Chain { Next = sent };
        }

        sender.Send(sent!, watchdog);

        int received = 0;
        for (Chain? link = receiver.Receive(watchdog); link is not null; link = link.Next)
        {
            received++;
        }

        Assert.That(received, Is.EqualTo(depth));
    }

    /// <summary>Members of all lengths lie across the ends of segments.</summary>
    [Test]
    public void MembersAcrossSegments(CancellationToken watchdog)
    {
        using ObjectReceiver<IShape> receiver = MemoryPackReceiver.CreateTemporary<IShape>();
        using ObjectSender<IShape> sender = MemoryPackSender.Open<IShape>(receiver.Path);
        for (int length = 0; length < 300; length++)
        {
            Group sent = new(new string('ü', length), [new Circle(length), new Group("g", [.. Enumerable.Repeat(new Circle(1), length % 17)])]);
            sender.Send(sent, watchdog);

            Group received = (Group)receiver.Receive(watchdog);

            Assert.That(MemoryPackSerializer.Serialize<IShape>(received), Is.EqualTo(MemoryPackSerializer.Serialize<IShape>(sent)));
        }
    }

    [Test]
    public void OnlyTypesThatCanContainThemselvesAreGuarded()
    {
        Assert.That(Recursion.IsPossible(typeof(Chain)), Is.True);
        Assert.That(Recursion.IsPossible(typeof(IShape)), Is.True);
        Assert.That(Recursion.IsPossible(typeof(Knot)), Is.True);
        Assert.That(Recursion.IsPossible(typeof(List<Chain>)), Is.True);
        Assert.That(Recursion.IsPossible(typeof(object)), Is.True, "An object may be of any type.");
        Assert.That(Recursion.IsPossible(typeof(Person)), Is.False);
        Assert.That(Recursion.IsPossible(typeof(Growing)), Is.False);
        Assert.That(Recursion.IsPossible(typeof(Dictionary<string, Point[]>)), Is.False);
    }

    [Test]
    public void SendingAllocatesNothing()
    {
        using ObjectReceiver<Person> receiver = MemoryPackReceiver.CreateTemporary<Person>();
        using ObjectSender<Person> sender = MemoryPackSender.Open<Person>(receiver.Path);
        Person person = Person.Of(1);
        Send(1000);

        long before = GC.GetAllocatedBytesForCurrentThread();
        Send(1000);
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);

        void Send(int count)
        {
            for (int number = 0; number < count; number++)
            {
                sender.Send(person);
            }
        }
    }
}
