using IpMpsc.Extensions.Hosting.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace IpMpsc.Extensions.Hosting.Tests.Registering;

/// <summary>Senders come from the services. They are open before the first hosted service starts, and fail the start if they cannot be opened.</summary>
public sealed class SenderTests
{
    private TestDirectory _directory = null!;

    [SetUp]
    public void MakeDirectory() => _directory = new TestDirectory();

    [TearDown]
    public void DeleteDirectory() => _directory.Dispose();

    [Test]
    public void SenderIsASingletonByNameAndByType()
    {
        using IHost host = Build(services => services.AddChannelSender<Order>("orders").AddChannelSender<Order>("returns"));
        Sender<Order> orders = host.Services.GetRequiredKeyedService<Sender<Order>>("orders");
        Sender<Order> returns = host.Services.GetRequiredKeyedService<Sender<Order>>("returns");

        Assert.That(orders.Path, Is.EqualTo(_directory["orders"]));
        Assert.That(returns.Path, Is.EqualTo(_directory["returns"]));
        Assert.That(host.Services.GetRequiredService<Sender<Order>>(), Is.SameAs(orders));
        Assert.That(host.Services.GetRequiredKeyedService<Sender<Order>>("orders"), Is.SameAs(orders));
    }

    [Test]
    public async Task ChannelsAreOpenBeforeAnyServiceStarts()
    {
        bool wasThere = false;
        using IHost host = Build(services => services
            .AddHostedService(_ => new Starting(() => wasThere = IpcChannel.Exists(_directory["orders"])))
            .AddChannelSender<Order>("orders"));
        await host.StartAsync();

        Assert.That(wasThere);
    }

    [Test]
    public void OtherSchemaFailsTheStartWithTheErrorOfTheChannel()
    {
        using Receiver<Quote> other = Receiver<Quote>.Create(_directory["orders"]);
        using IHost host = Build(services => services.AddChannelSender<Order>("orders"));

        ChannelMismatchException error = Assert.ThrowsAsync<ChannelMismatchException>(() => host.StartAsync());
        Assert.That(error.Message, Does.Contain(_directory["orders"]).And.Contain(nameof(Quote)).And.Contain(nameof(Order)));
    }

    [Test]
    public async Task OptionsReachTheChannel()
    {
        using IHost host = Build(services => services.AddChannelSender<Order>("orders", options =>
        {
            options.Capacity = 4096;
            options.MaxSenders = 3;
            options.ParticipantName = "shop";
        }));
        await host.StartAsync();

        ChannelInfo channel = IpcChannel.Inspect(_directory["orders"]);
        Assert.That((channel.Capacity, channel.MaxSenders, channel.Creator.Name), Is.EqualTo((4096, 3, "shop")));
    }

    [Test]
    public void EndOfTheHostClosesTheSender()
    {
        using IHost host = Build(services => services.AddChannelSender<Order>("orders").AddByteChannelSender("bytes"));
        Sender<Order> orders = host.Services.GetRequiredService<Sender<Order>>();
        ByteSender bytes = host.Services.GetRequiredService<ByteSender>();
        host.Dispose();

        Assert.Throws<ObjectDisposedException>(() => orders.Send(default));
        Assert.Throws<ObjectDisposedException>(() => bytes.Send([]));
    }

    [Test]
    public void SenderOfAProtocolComesFromItsOwnMethod()
    {
        using IHost host = Build(services => services.AddChannelSender("shop", Shop.OpenOrCreateSender));
        Shop.Sender sender = host.Services.GetRequiredService<Shop.Sender>();
        using Shop.Receiver receiver = Shop.OpenReceiver(_directory["shop"]);
        sender.Send(new Quote { Bid = 1.5 });

        Assert.That(receiver.TryReceive(out Shop.Message message));
        using (message)
        {
            Assert.That(message.AsQuote.Bid, Is.EqualTo(1.5));
        }
    }

    private IHost Build(Action<IServiceCollection> build) => TestHost.Build(
        new ListLoggerProvider(),
        ((string[])["orders", "returns", "bytes", "shop"]).Select(name => ($"IpMpsc:Channels:{name}:Path", (string?)_directory[name])),
        builder => build(builder.Services));

    private sealed class Starting(Action action) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            action();
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
