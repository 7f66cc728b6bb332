using System.Diagnostics;
using IpMpsc.Extensions.Hosting.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace IpMpsc.Extensions.Hosting.Tests.Handling;

/// <summary>A message that moves to the dead letters keeps its trace, and costs no trailer if it has none.</summary>
public sealed class DeadLetterTraceTests
{
    private static readonly ActivityContext s_context = ActivityContext.Parse("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", null);

    private HandlingFixture _orders = null!;

    [SetUp]
    public void MakeFixture()
    {
        _orders = new HandlingFixture();
        _orders.Inbox.Work = (_, _) => throw new InvalidOperationException("never");
    }

    [TearDown]
    public void DisposeFixture() => _orders.Dispose();

    [Test]
    public void EachDeadLetterHasTheTraceOfItsMessage()
    {
        MessageTrace first = SendTraced(1);
        _orders.Send(2);
        MessageTrace third = SendTraced(3);
        _orders.Start(("OnFailure", "DeadLetter"), ("MaxAttempts", "1"));
        PeekedMessage[] dead = AwaitDead(3);

        Assert.That(dead.Select(message => message.Trace), Is.EqualTo(new MessageTrace?[] { first, null, third }));
        Assert.That(first.Context.TraceId, Is.EqualTo(s_context.TraceId));
        _orders.Stop();
        Assert.That(HandlingFixture.Rest(_orders.DeadLetters), Is.EqualTo([1, 2, 3]));
    }

    [Test]
    public void MessageWithoutATraceGetsTheCurrentOneIfTheHostTraces()
    {
        _orders.Send(1);
        _orders.StartWith(
            [("OnFailure", "DeadLetter"), ("MaxAttempts", "1")],
            services => services.AddChannelReceiver<Order, Handlers.Single>("orders", receiver => receiver.Configure(options => options.TraceMessages = true)));

        Assert.That(AwaitDead(1)[0].Trace!.Value.Age, Is.LessThan(Patience.Limit));
    }

    [Test]
    public void MessageThatIsTooLongWithATrailerMovesWithoutOne()
    {
        using (RecordSender records = RecordSender.Open(_orders.Path))
        {
            records.Send(MessageIdOf<Order>(), 1, new byte[records.MaxMessageSize]);
        }

        _orders.StartWith(
            [("OnFailure", "DeadLetter"), ("MaxAttempts", "1")],
            services => services.AddChannelReceiver<Order, Handlers.Single>("orders", receiver => receiver.Configure(options => options.TraceMessages = true)));
        PeekedMessage dead = AwaitDead(1)[0];

        Assert.That((dead.Payload.Length, dead.Trace), Is.EqualTo(((1 << 16) - 16, (MessageTrace?)null)));
    }

    /// <summary>Sends as a part of a trace. Returns what that makes as receivers see it.</summary>
    private MessageTrace SendTraced(int number)
    {
        using (Sender<Order> sender = Sender<Order>.Open(_orders.Path, new IpcChannelOptions { TraceMessages = true }))
        {
            using Activity request = new Activity("request").SetParentId(s_context.TraceId, s_context.SpanId, s_context.TraceFlags).Start();
            sender.Send(new Order { Number = number, Text = "traced" });
        }

        using ChannelObserver observer = ChannelObserver.Open(_orders.Path);
        return observer.Peek().Messages[^1].Trace!.Value;
    }

    private static ushort MessageIdOf<T>() where T : struct, IChannelMessage<T> => T.MessageId;

    private PeekedMessage[] AwaitDead(int count)
    {
        PeekedMessage[] dead = [];
        Patience.Until(
            () =>
            {
                if (IpcChannel.Exists(_orders.DeadLetters))
                {
                    using ChannelObserver observer = ChannelObserver.Open(_orders.DeadLetters);
                    dead = [.. observer.Peek().Messages];
                }

                return dead.Length == count;
            },
            "the messages have moved");
        return dead;
    }
}
