using IpMpsc.Generators.Tests.Messages;

namespace IpMpsc.Generators.Tests;

/// <summary>The ways to send other than single blocking sends: asynchronous, in batches, when the ring is empty.</summary>
[CancelAfter(30_000)]
public sealed class ProtocolSendTests
{
    private static readonly IpcChannelOptions s_small = new() { Capacity = 256 };

    /// <summary>One sender sends far more messages of three types than the ring holds: they arrive in the order of the calls.</summary>
    [Test]
    public async Task SendsThatWaitKeepTheirOrderAcrossTypes(CancellationToken watchdog)
    {
        using Conversation.Receiver receiver = Conversation.CreateTemporaryReceiver(s_small);
        using Conversation.Sender sender = Conversation.OpenSender(receiver.Path);
        List<Task> sends = [];
        for (int number = 0; number < 60; number++)
        {
            sends.Add((number % 3) switch
            {
                0 => sender.SendAsync(new Point(number, 0), watchdog).AsTask(),
                1 => sender.SendAsync(new Document { Title = $"{number}", Signature = [] }, watchdog).AsTask(),
                _ => sender.SendAsync(new OrderV2 { Quantity = number }, watchdog).AsTask(),
            });
        }

        Numbers seen = new();
        while (seen.Count < 60)
        {
            Assert.That(await receiver.WaitToReceiveAsync(watchdog), Is.True);
            receiver.DrainTo(seen);
        }

        await Task.WhenAll(sends);
        Assert.That(seen, Is.EqualTo(Enumerable.Range(0, 60)));
    }

    [Test]
    public async Task ExclusiveSenderWaitsOnceAtATime(CancellationToken watchdog)
    {
        using Conversation.Receiver receiver = Conversation.CreateTemporaryReceiver(s_small);
        using Conversation.ExclusiveSender sender = Conversation.OpenExclusiveSender(receiver.Path);
        int sent = 0;
        for (; sender.TrySend(new Point(sent, 0)); sent++)
        {
        }

        Task waiting = sender.SendAsync(new Point(sent, 0), watchdog).AsTask();
        Assert.That(waiting.IsCompleted, Is.False);
        Assert.ThrowsAsync<InvalidOperationException>(async () => await sender.SendAsync(new Point(-1, 0), watchdog));
        Numbers seen = new();
        receiver.DrainTo(seen);
        await waiting;
        receiver.DrainTo(seen);

        Assert.That(seen, Is.EqualTo(Enumerable.Range(0, sent + 1)));
    }

    [Test]
    public void SendThatWaitsIsCancelledOrEndsWithTheSender([Values] bool isCancelled)
    {
        using Conversation.Receiver receiver = Conversation.CreateTemporaryReceiver(s_small);
        using Conversation.Sender sender = Conversation.OpenSender(receiver.Path);
        using CancellationTokenSource source = new();
        while (sender.TrySend(new Point(0, 0)))
        {
        }

        Task waiting = sender.SendAsync(new Point(1, 0), source.Token).AsTask();
        if (isCancelled)
        {
            source.Cancel();
            Assert.CatchAsync<OperationCanceledException>(() => waiting);
        }
        else
        {
            sender.Dispose();
            Assert.ThrowsAsync<ObjectDisposedException>(() => waiting);
        }

        Numbers seen = new();
        receiver.DrainTo(seen);
        Assert.That(seen, Has.None.EqualTo(1));
    }

    [Test]
    public void MessageThatCanNeverFitIsRefused()
    {
        using Conversation.Receiver receiver = Conversation.CreateTemporaryReceiver(s_small);
        using Conversation.Sender sender = Conversation.OpenSender(receiver.Path);
        Document document = new() { Title = new string('x', 300), Signature = [] };

        Assert.ThrowsAsync<MessageTooLargeException>(async () => await sender.SendAsync(document));
        Assert.Throws<MessageTooLargeException>(() => sender.SendBatch([document]));
        Assert.Throws<MessageTooLargeException>(() => sender.SendWhenEmpty(document));
    }

    [Test]
    public void BatchesOfSeveralTypesFollowEachOther()
    {
        using Conversation.Receiver receiver = Conversation.CreateTemporaryReceiver();
        using Conversation.Sender sender = Conversation.OpenSender(receiver.Path);
        sender.SendBatch([new Point(0, 0), new Point(1, 0)]);
        Assert.That(sender.TrySendBatch([new OrderV2 { Quantity = 2 }, new OrderV2 { Quantity = 3 }]), Is.EqualTo(2));
        Numbers seen = new();

        receiver.DrainTo(seen);

        Assert.That(seen, Is.EqualTo(Enumerable.Range(0, 4)));
    }

    [Test]
    public void BatchThatDoesNotFitIsSentInPart()
    {
        using Conversation.Receiver receiver = Conversation.CreateTemporaryReceiver(s_small);
        using Conversation.Sender sender = Conversation.OpenSender(receiver.Path);
        Point[] points = [.. Enumerable.Range(0, 100).Select(number => new Point(number, 0))];
        int sent = sender.TrySendBatch(points);
        Numbers seen = new();

        receiver.DrainTo(seen);

        Assert.That(sent, Is.InRange(1, 99));
        Assert.That(seen, Is.EqualTo(Enumerable.Range(0, sent)));
    }

    [Test]
    public void SendWhenEmptyWaitsForTheReceiver()
    {
        using Conversation.Receiver receiver = Conversation.CreateTemporaryReceiver();
        using Conversation.Sender sender = Conversation.OpenSender(receiver.Path);
        sender.SendWhenEmpty(new Point(0, 0));
        Assert.That(sender.TrySendWhenEmpty(new Point(1, 0), TimeSpan.FromMilliseconds(2)), Is.False);
        Numbers seen = new();
        receiver.DrainTo(seen);

        Assert.That(sender.TrySendWhenEmpty(new Point(1, 0), TimeSpan.FromMilliseconds(2)), Is.True);

        receiver.DrainTo(seen);
        Assert.That(seen, Is.EqualTo(new[] { 0, 1 }));
    }

    /// <summary>The number that each message carries, whatever its type.</summary>
    private sealed class Numbers : List<int>, Conversation.IHandler
    {
        public void Handle(Point.View message) => Add((int)message.X);

        public void Handle(Document.View message) => Add(int.Parse(message.GetTitleString()));

        public void Handle(OrderV2.View message) => Add(message.Quantity);
    }
}
