using IpMpsc.Extensions.Hosting.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace IpMpsc.Extensions.Hosting.Tests.Handling;

/// <summary>A message that cannot be handled is retried, moved to the dead letters, or stops the host; it is never lost.</summary>
public sealed class FailureTests
{
    private HandlingFixture _orders = null!;

    [SetUp]
    public void MakeFixture() => _orders = new HandlingFixture();

    [TearDown]
    public void DisposeFixture() => _orders.Dispose();

    [Test]
    public void HandlerThatThrowsIsCalledAgainBeforeTheNextMessage()
    {
        int failures = 2;
        _orders.Inbox.Work = (order, _) => order.Number == 1 && failures-- > 0 ? throw new InvalidOperationException("not yet") : default;
        _orders.Start();
        _orders.Send(0, 1, 2);
        _orders.Inbox.AwaitHandled(3);

        Assert.That(_orders.Inbox.Numbers, Is.EqualTo([0, 1, 2]));
        Assert.That(_orders.Inbox.Calls.Where(number => number >= 0), Is.EqualTo([0, 1, 1, 1, 2]));
        Assert.That(_orders.Log.From(LogLevel.Warning).Count(), Is.EqualTo(2));
        Assert.That(_orders.Log.From(LogLevel.Warning).First(), Does.Contain("attempt 1 of 5"));
    }

    [Test]
    public void MessageMovesToTheDeadLettersAfterItsLastAttempt()
    {
        FailFor(3, 5);
        _orders.Start(("OnFailure", "DeadLetter"), ("MaxAttempts", "2"));
        _orders.Send(Enumerable.Range(0, 8));
        _orders.Inbox.AwaitHandled(6);
        _orders.Stop();

        Assert.That(_orders.Inbox.Numbers, Is.EqualTo([0, 1, 2, 4, 6, 7]));
        Assert.That(HandlingFixture.Rest(_orders.DeadLetters), Is.EqualTo([3, 5]));
        Assert.That(HandlingFixture.Rest(_orders.Path), Is.Empty);
        Assert.That(_orders.Inbox.Calls.Count(number => number == 3), Is.EqualTo(2));
        Assert.That(_orders.Log.From(LogLevel.Error), Has.Exactly(2).Contains(_orders.DeadLetters));
    }

    [Test]
    public void BatchThatFailsIsHandledOneByOne()
    {
        FailFor(3);
        _orders.Send(Enumerable.Range(0, 8));
        _orders.StartWith(
            [("OnFailure", "DeadLetter"), ("MaxAttempts", "1")],
            services => services.AddChannelBatchReceiver<Order, Handlers.Batch>("orders"));
        Patience.Until(() => IpcChannel.Inspect(_orders.Path).BytesUsed == 0, "everything is handled");
        _orders.Stop();

        Assert.That(_orders.Inbox.Numbers.Distinct(), Is.EquivalentTo([0, 1, 2, 4, 5, 6, 7]));
        Assert.That(HandlingFixture.Rest(_orders.DeadLetters), Is.EqualTo([3]));
    }

    [Test]
    public void MessageThatCannotBeDecodedIsNotTriedAgain()
    {
        byte[] broken = [1, 2, 3];
        _orders.Start(("OnFailure", "DeadLetter"));
        using (RecordSender records = RecordSender.Open(_orders.Path))
        {
            records.Send(MessageIdOf<Order>(), 1, broken);
        }

        _orders.Send(1);
        _orders.Inbox.AwaitHandled(1);
        _orders.Stop();
        using ChannelObserver dead = ChannelObserver.Open(_orders.DeadLetters);

        Assert.That(dead.Peek().Messages.Single().Payload.ToArray(), Is.EqualTo(broken));
        Assert.That(_orders.Inbox.Calls.Where(number => number >= 0), Is.EqualTo([1]));
    }

    [Test]
    public void FullDeadLettersHoldTheMessageBack()
    {
        FailFor(1);
        using Receiver<Order> dead = Receiver<Order>.Create(_orders.DeadLetters, new IpcChannelOptions { Capacity = 64 });
        using (Sender<Order> sender = Sender<Order>.Open(_orders.DeadLetters))
        {
            sender.Send(new Order { Number = -5, Text = "" });
        }

        _orders.Start(("OnFailure", "DeadLetter"), ("MaxAttempts", "1"));
        _orders.Send(1, 2);
        Patience.Until(() => _orders.Log.From(LogLevel.Error).Any(), "the log says that the dead letters are full");
        Assert.That(_orders.Inbox.Handled, Is.Empty);

        Assert.That(dead.Receive().Number, Is.EqualTo(-5));
        Assert.That(dead.TryReceive(out Order moved, Patience.Limit));
        Assert.That(moved.Number, Is.EqualTo(1));
        _orders.Inbox.AwaitHandled(1);
    }

    [Test]
    public void HostStopsAndTheMessageIsTheFirstOfTheNextStart()
    {
        FailFor(2);
        _orders.Start(("MaxAttempts", "2"));
        _orders.Send(Enumerable.Range(0, 5));
        Task stopped = _orders.Host.WaitForShutdownAsync();
        stopped.Finish("the host");
        _orders.Host.Dispose();

        Assert.That(_orders.Inbox.Numbers, Is.EqualTo([0, 1]));
        Assert.That(HandlingFixture.Rest(_orders.Path), Is.EqualTo([2, 3, 4]));
        LoggedLine critical = _orders.Log.Lines.First(line => line.Level == LogLevel.Critical);
        Assert.That(critical.Message, Does.Contain("stays in the channel"));
        Assert.That(critical.Exception!.Message, Is.EqualTo("never"));
        Assert.That(
            _orders.Log.Lines.Select(line => line.Exception),
            Has.Some.InstanceOf<HandlerFailedException>().With.Message.Contains("could not be handled: never. It stays in the channel"));
    }

    [Test]
    public void CorruptRecordStopsTheHostOrIsSkipped([Values] bool skip)
    {
        _orders.Send(1);
        _orders.Sender.Send(new Order { Text = "damaged" });
        _orders.Send(3);
        Damage(_orders.Path, "damaged"u8);
        _orders.Start(("SkipCorrupt", $"{skip}"));
        if (skip)
        {
            _orders.Inbox.AwaitHandled(2);
            Assert.That(_orders.Inbox.Numbers, Is.EqualTo([1, 3]));
            Assert.That(_orders.Log.From(LogLevel.Error).Single(), Does.Contain("stepped over"));
        }
        else
        {
            _orders.Host.WaitForShutdownAsync().Finish("the host");
            Assert.That(_orders.Log.Lines.Select(line => line.Exception), Has.Some.InstanceOf<ChannelCorruptException>());
        }
    }

    private void FailFor(params int[] numbers) =>
        _orders.Inbox.Work = (order, _) => numbers.Contains(order.Number) ? throw new InvalidOperationException("never") : default;

    /// <summary>Overwrites the length of the record of the order with this text, so that it reaches beyond the ring.</summary>
    private static void Damage(string path, ReadOnlySpan<byte> text)
    {
        const int headerAndBlock = 16 + 16;
        int record = File.ReadAllBytes(path).AsSpan().IndexOf(text) - headerAndBlock;
        using FileStream file = new(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        file.Position = record + 8;
        file.Write([0xFF, 0xFF, 0xFF, 0x7F]);
    }

    private static ushort MessageIdOf<T>() where T : struct, IChannelMessage<T> => T.MessageId;
}
