using IpMpsc.Extensions.Hosting.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace IpMpsc.Extensions.Hosting.Tests.Handling;

/// <summary>A host that receives orders, and a sender.</summary>
internal sealed class HandlingFixture : IDisposable
{
    private readonly TestDirectory _directory = new();
    private IHost? _host;

    public HandlingFixture() => Sender = Sender<Order>.OpenOrCreate(Path, new IpcChannelOptions { Capacity = 1 << 16 });

    public string Path => _directory["orders"];

    public string DeadLetters => Path + ".dead";

    public Sender<Order> Sender { get; }

    public Inbox Inbox { get; } = new();

    public ListLoggerProvider Log { get; } = new();

    public IHost Host => _host!;

    /// <summary>A path in the directory of the test.</summary>
    public string this[string name] => _directory[name];

    /// <summary>Starts a host that handles orders one by one.</summary>
    public void Start(params IEnumerable<(string Key, string Value)> handlerOptions) =>
        StartWith(handlerOptions, services => services.AddChannelReceiver<Order, Handlers.Single>("orders"));

    /// <summary>Starts a host with receivers.</summary>
    public void StartWith(IEnumerable<(string Key, string Value)> handlerOptions, Action<IServiceCollection> register)
    {
        Build(handlerOptions, register);
        Host.Start();
    }

    /// <summary>Builds a host without starting it.</summary>
    public void Build(IEnumerable<(string Key, string Value)> handlerOptions, Action<IServiceCollection> register) => _host = TestHost.Build(
        Log,
        [
            ("IpMpsc:Channels:orders:Path", Path),
            .. handlerOptions.Append((Key: "RetryDelay", Value: "00:00:00.001")).DistinctBy(option => option.Key).Select(option => ($"IpMpsc:Channels:orders:Handler:{option.Key}", (string?)option.Value)),
        ],
        builder =>
        {
            builder.Services.AddSingleton(Inbox).AddSingleton<Handlers.BatchSizes>().AddScoped<Handlers.Visit>();
            register(builder.Services);
        });

    public void Send(params IEnumerable<int> numbers)
    {
        foreach (int number in numbers)
        {
            Sender.Send(new Order { Number = number, Customer = number % 7, Text = $"order {number}" });
        }
    }

    /// <summary>Stops the host, and closes everything that it has open.</summary>
    public void Stop()
    {
        Host.StopAsync().Finish("the stop of the host");
        Host.Dispose();
    }

    /// <summary>The orders that are in a channel after its receiver has left, which happens once its handlers have returned.</summary>
    public static int[] Rest(string path)
    {
        Patience.Until(() => !IpcChannel.Inspect(path).IsReceiverAttached, "the receiver has left");
        List<int> numbers = [];
        using Receiver<Order> receiver = Receiver<Order>.Open(path);
        while (receiver.TryReceive(out Order order))
        {
            numbers.Add(order.Number);
        }

        return [.. numbers];
    }

    public void Dispose()
    {
        _host?.Dispose();
        Sender.Dispose();
        _directory.Dispose();
    }
}
