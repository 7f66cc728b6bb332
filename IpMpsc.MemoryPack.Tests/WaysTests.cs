using System.Threading.Channels;
using IpMpsc.MemoryPack.Tests.Models;

namespace IpMpsc.MemoryPack.Tests;

/// <summary>Every way to send and to receive objects.</summary>
[CancelAfter(60_000)]
public sealed class WaysTests
{
    private static readonly IpcChannelOptions s_small = new() { Capacity = 4096 };

    [Test]
    public void AFullRingIsAReturnValue([Values(0, 4096)] int bufferedLength)
    {
        using ObjectReceiver<Picky> receiver = MemoryPackReceiver.CreateTemporary<Picky>(s_small);
        using ObjectSender<Picky> sender = MemoryPackSender.Open<Picky>(receiver.Path);
        sender.BufferedLength = bufferedLength;
        int sent = 0;
        while (sender.TrySend(new Picky { Ballast = new byte[1000 + sent] }))
        {
            sent++;
        }

        Assert.That(sent, Is.EqualTo(bufferedLength == 0 ? 2 : 3), "The rest of a claim in the ring is free only when the receiver has passed it.");
        Assert.That(sender.TrySend(new Picky { Ballast = new byte[2000] }, TimeSpan.FromMilliseconds(1)), Is.False);
        Assert.Catch<OperationCanceledException>(() => sender.Send(new Picky { Ballast = new byte[2000] }, new CancellationToken(canceled: true)));
        Assert.That(receiver.Drain(_ => { }), Is.EqualTo(sent));
    }

    [Test]
    public void AMessageThatCanNeverFitIsRefused([Values(0, 4096)] int bufferedLength)
    {
        using ObjectReceiver<Picky> receiver = MemoryPackReceiver.CreateTemporary<Picky>(s_small);
        using ObjectSender<Picky> sender = MemoryPackSender.Open<Picky>(receiver.Path);
        sender.BufferedLength = bufferedLength;
        for (int round = 0; round < 2; round++)
        {
            MessageTooLargeException error =
                Assert.Throws<MessageTooLargeException>(() => sender.Send(new Picky { Ballast = new byte[100_000] }))!;
            Assert.That(error.MaxLength, Is.EqualTo(4080));
            sender.Send(new Picky { Ballast = new byte[2000] });
            Assert.That(receiver.Receive().Ballast, Has.Length.EqualTo(2000));
        }
    }

    [Test]
    public void ASerializerThatThrowsSendsNothing([Values(0, 4096)] int bufferedLength)
    {
        using ObjectReceiver<Picky> receiver = MemoryPackReceiver.CreateTemporary<Picky>();
        using ObjectSender<Picky> sender = MemoryPackSender.Open<Picky>(receiver.Path);
        sender.BufferedLength = bufferedLength;
        sender.Send(new Picky { Ballast = new byte[100] });
        Assert.Throws<NotSupportedException>(() => sender.Send(new Picky { Throws = true }));
        Assert.ThrowsAsync<NotSupportedException>(async () => await sender.SendAsync(new Picky { Throws = true }));
        Assert.Throws<NotSupportedException>(() => sender.SendBatch([new Picky(), new Picky { Throws = true }]));
        Assert.Throws<ArgumentNullException>(() => sender.Send(null!));
        sender.Send(new Picky { Ballast = new byte[101] });

        Assert.That(receiver.Receive().Ballast, Has.Length.EqualTo(100));
        Assert.That(receiver.Receive().Ballast, Has.Length.EqualTo(101));
        Assert.That(receiver.TryReceive(out _), Is.False);
    }

    [Test]
    public async Task SendsThatWaitKeepTheirOrder(CancellationToken watchdog)
    {
        using ObjectReceiver<Person> receiver = MemoryPackReceiver.CreateTemporary<Person>(s_small);
        using ObjectSender<Person> sender = MemoryPackSender.Open<Person>(receiver.Path);
        Task[] sends = [.. Enumerable.Range(0, 200).Select(number => sender.SendAsync(Person.Of(number), watchdog).AsTask())];
        Assert.That(sends.Count(send => send.IsCompleted), Is.LessThan(100));

        for (int number = 0; number < sends.Length; number++)
        {
            Person.Of(number).RequireEqual(await receiver.ReceiveAsync(watchdog));
        }

        await Task.WhenAll(sends);
    }

    [Test]
    public void ABatchArrivesAndSaysHowFarItCame(CancellationToken watchdog)
    {
        using ObjectReceiver<Picky> receiver = MemoryPackReceiver.CreateTemporary<Picky>(s_small);
        using ObjectSender<Picky> sender = MemoryPackSender.Open<Picky>(receiver.Path);
        Picky[] batch = [.. Enumerable.Range(0, 20).Select(number => new Picky { Ballast = new byte[number] })];
        sender.SendBatch(batch, watchdog);
        for (int number = 0; number < batch.Length; number++)
        {
            Assert.That(receiver.Receive(watchdog).Ballast, Has.Length.EqualTo(number));
        }

        batch[3] = new Picky { Ballast = new byte[5000] };
        Assert.That(Assert.Throws<PartialBatchException>(() => sender.SendBatch(batch, watchdog))!.SentCount, Is.EqualTo(3));
        Assert.That(receiver.Drain(_ => { }), Is.EqualTo(3));
        Assert.That(sender.TrySendBatch([.. Enumerable.Repeat(new Picky { Ballast = new byte[1000] }, 5)]), Is.EqualTo(3));
    }

    [Test]
    public async Task EnumerationsEndWithTheSenders(CancellationToken watchdog)
    {
        IpcChannelOptions ending = new() { EndWithSenders = true };
        using ObjectReceiver<Person> receiver = MemoryPackReceiver.CreateTemporary<Person>(ending);
        SendTwo();
        Assert.That(receiver.ReadAll(watchdog).Select(person => person.Age), Is.EqualTo(new int?[] { 1, 3 }));

        using ObjectReceiver<Person> other = MemoryPackReceiver.CreateTemporary<Person>(ending);
        using (ObjectSender<Person> sender = MemoryPackSender.Open<Person>(other.Path))
        {
            await sender.SendAsync(Person.Of(5), watchdog);
        }

        List<int?> ages = [];
        await foreach (Person person in other.ReadAllAsync(watchdog))
        {
            ages.Add(person.Age);
        }

        Assert.That(ages, Is.EqualTo(new int?[] { 5 }));
        Assert.ThrowsAsync<ChannelCompletedException>(async () => await other.ReceiveAsync(watchdog));

        void SendTwo()
        {
            using ObjectSender<Person> sender = MemoryPackSender.Open<Person>(receiver.Path);
            sender.SendBatch([Person.Of(1), Person.Of(3)], watchdog);
        }
    }

    [Test]
    public async Task AReaderOfChannels(CancellationToken watchdog)
    {
        ObjectReceiver<Person> receiver = MemoryPackReceiver.CreateTemporary<Person>();
        using ObjectSender<Person> sender = MemoryPackSender.Open<Person>(receiver.Path);
        ChannelReader<Person> reader = receiver.AsChannelReader();
        Assert.That(reader, Is.SameAs(receiver.AsChannelReader()));
        Assert.That(reader.TryRead(out _), Is.False);
        sender.Send(Person.Of(1), watchdog);
        Person.Of(1).RequireEqual(await reader.ReadAsync(watchdog));

        receiver.Dispose();

        Assert.That(await reader.WaitToReadAsync(watchdog), Is.False);
        await reader.Completion.WaitAsync(watchdog);
    }

    [Test]
    public void ASetOfReceiversOfAllKinds(CancellationToken watchdog)
    {
        using ObjectReceiver<Person> people = MemoryPackReceiver.CreateTemporary<Person>();
        using ObjectReceiver<IShape> shapes = MemoryPackReceiver.CreateTemporary<IShape>();
        using ReceiverSet set = new(people, shapes);
        using ObjectSender<IShape> sender = MemoryPackSender.Open<IShape>(shapes.Path);
        sender.Send(new Circle(1), watchdog);

        Assert.That(set.WaitAny(watchdog), Is.SameAs(shapes));
        Assert.That(shapes.Receive(watchdog), Is.EqualTo(new Circle(1)));
    }

    [Test]
    public void ThreadsShareASender(CancellationToken watchdog)
    {
        const int Threads = 4;
        const int Count = 500;
        using ObjectReceiver<Person> receiver = MemoryPackReceiver.CreateTemporary<Person>(new IpcChannelOptions { Capacity = 1 << 16 });
        using ObjectSender<Person> sender = MemoryPackSender.Open<Person>(receiver.Path);
        sender.BufferedLength = 100;
        Task sending = Task.WhenAll(Enumerable.Range(0, Threads).Select(thread => Task.Run(
            () =>
            {
                for (int number = 0; number < Count; number++)
                {
                    sender.Send(Person.Of((thread * Count) + number, tags: number % 40), watchdog);
                }
            },
            watchdog)));

        int[] next = [.. Enumerable.Range(0, Threads).Select(thread => thread * Count)];
        for (int received = 0; received < Threads * Count; received++)
        {
            Person person = receiver.Receive(watchdog);
            int number = int.Parse(person.Name.Split(' ')[1]);
            Person.Of(number, tags: number % Count % 40).RequireEqual(person);
            Assert.That(number, Is.EqualTo(next[number / Count]++));
        }

        Assert.That(sending.Wait(TimeSpan.FromSeconds(30), watchdog), Is.True);
    }
}
