using IpMpsc.Extensions.Hosting.Tests.Support;
using IpMpsc.MemoryPack;
using IpMpsc.Objects;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace IpMpsc.Extensions.Hosting.Tests.Handling;

/// <summary>Handlers get every message, in order, each in a scope, and a message leaves the channel after its handler has returned.</summary>
public sealed class HandlerTests
{
    private HandlingFixture _orders = null!;

    [SetUp]
    public void MakeFixture() => _orders = new HandlingFixture();

    [TearDown]
    public void DisposeFixture() => _orders.Dispose();

    [Test]
    public void MessagesAreHandledInOrderEachInAScopeOfItsOwn()
    {
        _orders.Send(Enumerable.Range(0, 50));
        _orders.Start();
        _orders.Send(Enumerable.Range(50, 50));
        _orders.Inbox.AwaitHandled(100);
        _orders.Stop();

        Assert.That(_orders.Inbox.Numbers, Is.EqualTo(Enumerable.Range(0, 100)));
        Assert.That(_orders.Inbox.Handled[7].Text, Is.EqualTo("order 7"));
        Assert.That(_orders.Inbox.Calls, Is.EqualTo(Enumerable.Range(0, 100).SelectMany(number => (int[])[number, -1])), "The scope of each message ends before the next message is handled.");
        Assert.That(HandlingFixture.Rest(_orders.Path), Is.Empty);
    }

    [Test]
    public void MessageStaysInTheChannelUntilItsHandlerHasReturned()
    {
        TaskCompletionSource gate = new();
        _orders.Inbox.Work = async (_, _) => await gate.Task;
        _orders.Start();
        _orders.Send(1);
        Patience.Until(() => _orders.Inbox.Running == 1, "the handler runs");
        Assert.That(IpcChannel.Inspect(_orders.Path).BytesUsed, Is.Positive);

        gate.SetResult();
        Patience.Until(() => IpcChannel.Inspect(_orders.Path).BytesUsed == 0, "the message was released");
    }

    [Test]
    public void NoMoreHandlersRunAtOnceThanAllowed()
    {
        TaskCompletionSource gate = new();
        _orders.Inbox.Work = async (_, _) => await gate.Task;
        _orders.Start(("Parallelism", "4"));
        _orders.Send(Enumerable.Range(0, 20));
        Patience.Until(() => _orders.Inbox.Running == 4, "four handlers run");
        gate.SetResult();
        _orders.Inbox.AwaitHandled(20);

        Assert.That(_orders.Inbox.MostRunning, Is.EqualTo(4));
        Assert.That(_orders.Inbox.Numbers, Is.EquivalentTo(Enumerable.Range(0, 20)));
    }

    [Test]
    public void MessagesOfAKeyKeepTheirOrderAmongManyHandlers()
    {
        _orders.Inbox.Work = async (order, _) => await Task.Delay(order.Number % 3);
        _orders.StartWith(
            [("Parallelism", "5"), ("MaxHeld", "40")],
            services => services.AddChannelReceiver<Order, Handlers.Single>("orders", orders => orders.KeepOrderBy(order => order.Customer)));
        _orders.Send(Enumerable.Range(0, 200));
        _orders.Inbox.AwaitHandled(200);

        Assert.That(_orders.Inbox.MostRunning, Is.GreaterThan(1));
        foreach (IGrouping<int, Order> customer in _orders.Inbox.Handled.GroupBy(order => order.Customer))
        {
            Assert.That(customer.Select(order => order.Number), Is.Ordered, $"customer {customer.Key}");
        }
    }

    [Test]
    public void BlockedKeyBlocksNoOtherKey()
    {
        TaskCompletionSource gate = new();
        _orders.Inbox.Work = async (order, _) => await (order.Customer == 0 ? gate.Task : Task.CompletedTask);
        _orders.StartWith(
            [("Parallelism", "7"), ("MaxHeld", "1000")],
            services => services.AddChannelReceiver<Order, Handlers.Single>("orders", orders => orders.KeepOrderBy(order => order.Customer)));
        _orders.Send(Enumerable.Range(0, 70));
        _orders.Inbox.AwaitHandled(60);
        Assert.That(_orders.Inbox.Handled.Select(order => order.Customer), Has.None.Zero);

        gate.SetResult();
        _orders.Inbox.AwaitHandled(70);
    }

    [Test]
    public void BatchTakesWhatIsThere()
    {
        _orders.Send(Enumerable.Range(0, 25));
        _orders.StartWith([("BatchSize", "10")], services => services.AddChannelBatchReceiver<Order, Handlers.Batch>("orders"));
        _orders.Inbox.AwaitHandled(25);

        Assert.That(_orders.Inbox.Numbers, Is.EqualTo(Enumerable.Range(0, 25)));
        Assert.That(_orders.Host.Services.GetRequiredService<Handlers.BatchSizes>(), Is.EqualTo([10, 10, 5]));
    }

    [Test]
    public void MessageInPlaceIsValidAcrossAwaits()
    {
        _orders.StartWith([("Parallelism", "3")], services => services.AddHeldChannelReceiver<Order, Handlers.InPlace>("orders"));
        _orders.Send(Enumerable.Range(0, 100));
        _orders.Inbox.AwaitHandled(100);
        _orders.Stop();

        Assert.That(_orders.Inbox.Handled.Select(order => order.Text), Is.EquivalentTo(Enumerable.Range(0, 100).Select(number => $"order {number}")));
        Assert.That(HandlingFixture.Rest(_orders.Path), Is.Empty);
    }

    [Test]
    public void BytesComeInPlace()
    {
        using ByteSender sender = ByteSender.OpenOrCreate(_orders["raw"]);
        _orders.StartWith([], services => services.AddByteChannelReceiver<Handlers.Bytes>(
            "raw", bytes => bytes.Configure(options => options.Path = _orders["raw"])));
        sender.Send("raw bytes"u8);
        _orders.Inbox.AwaitHandled(1);

        Assert.That(_orders.Inbox.Handled[0].Text, Is.EqualTo("raw bytes"));
    }

    [Test]
    public void ObjectsComeInTheFormatOfTheirSerializer()
    {
        _orders.StartWith([], services => services
            .AddObjectChannelReceiver<Parcel, Handlers.Parcels>(
                "parcels", MemoryPackFormat<Parcel>.Default, parcels => parcels.Configure(options => options.Path = _orders["parcels"]))
            .AddObjectChannelSender("parcels", MemoryPackFormat<Parcel>.Default));
        _orders.Host.Services.GetRequiredService<ObjectSender<Parcel>>().Send(new Parcel { Number = 4, Labels = ["fragile", "heavy"] });
        _orders.Inbox.AwaitHandled(1);

        Assert.That((_orders.Inbox.Handled[0].Number, _orders.Inbox.Handled[0].Text), Is.EqualTo((4, "fragile, heavy")));
    }

    [Test]
    public void EachTypeOfAProtocolGoesToItsHandler()
    {
        using Shop.Sender sender = Shop.OpenOrCreateSender(_orders["shop"]);
        _orders.StartWith([], services => services.AddChannelProtocol("shop", shop => shop
            .Configure(options => options.Path = _orders["shop"])
            .Handle<Quote, Handlers.Quotes>()
            .Handle<Order, Handlers.Single>()));
        sender.Send(new Order { Number = 1, Text = "order" });
        sender.Send(new Quote { Bid = 2 });
        sender.Send(new Order { Number = 3, Text = "order" });
        _orders.Inbox.AwaitHandled(3);

        Assert.That(_orders.Inbox.Handled.Select(order => (order.Number, order.Text)), Is.EqualTo([(1, "order"), (2, "quote"), (3, "order")]));
    }

    [Test]
    public void TypeOfAProtocolIsRegisteredOnce()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => new ServiceCollection().AddChannelProtocol("shop", shop => shop
            .Handle<Order, Handlers.Single>()
            .Handle<Order, Handlers.Single>()));
        Assert.That(error.Message, Does.Contain("'shop'").And.Contain(nameof(Order)));
        Assert.Throws<ArgumentException>(() => new ServiceCollection().AddChannelProtocol("shop", _ => { }));
    }

    [Test]
    public void SecondReceiverFailsTheStartWithTheErrorOfTheChannel()
    {
        using Receiver<Order> first = Receiver<Order>.Open(_orders.Path);
        _orders.Build([], services => services.AddChannelReceiver<Order, Handlers.Single>("orders"));

        ChannelInUseException error = Assert.ThrowsAsync<ChannelInUseException>(() => _orders.Host.StartAsync());
        Assert.That(error.Message, Does.Contain(_orders.Path).And.Contain($"{Environment.ProcessId}"));
    }

    [Test]
    public void OtherSchemaFailsTheStart()
    {
        _orders.Build([], services => services.AddChannelProtocol("orders", protocol => protocol.Handle<Quote, Handlers.Quotes>()));

        Assert.ThrowsAsync<ChannelMismatchException>(() => _orders.Host.StartAsync());
    }

    [Test]
    public void ReceiverEndsWithTheSenders()
    {
        _orders.StartWith([], services => services.AddChannelReceiver<Order, Handlers.Single>(
            "orders", orders => orders.Configure(options => options.EndWithSenders = true)));
        _orders.Send(1, 2);
        _orders.Sender.Dispose();
        Patience.Until(() => _orders.Log.Lines.Any(line => line.Message.Contains("all 2 messages were handled")), "the receiver has ended");
    }
}
