using System.Text.Json;
using IpMpsc.MemoryPack;
using IpMpsc.Objects;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace IpMpsc.Tests.Aot.Host;

/// <summary>What an application may do with channels, each of it once; a scenario throws if something is wrong.</summary>
internal static partial class Scenarios
{
    public static readonly (string Name, Func<Task> Run)[] All =
    [
        ("handler with a scope", Handlers),
        ("handlers at once, in order by key", KeyedHandlers),
        ("batches", Batches),
        ("messages held across an await", HeldMessages),
        ("protocol", Protocol),
        ("bytes", Bytes),
        ("objects of MemoryPack", Objects),
        ("objects of MemoryPack without a host", ObjectsAlone),
        ("dead letters", DeadLetters),
        ("wrong options", WrongOptions),
        ("health", Health),
        ("logging into a channel, and its collector", Logging),
    ];

    private static async Task Handlers()
    {
        await using Application application = await Application.StartAsync((builder, _) =>
        {
            builder.Services.AddChannelSender<Order>("orders");
            builder.Services.AddChannelReceiver<Order, Handlers.Orders>("orders");
        });
        var sender = application.Services.GetRequiredService<Sender<Order>>();
        Require(sender == application.Services.GetRequiredKeyedService<Sender<Order>>("orders"));
        sender.Send(new Order { Number = 1, Item = "pear" });
        sender.Send(new Order { Number = 2, Item = "plum" });
        Require(application.Inbox.Take() == "1 pear 1");
        Require(application.Inbox.Take() == "2 plum 1");
    }

    private static async Task KeyedHandlers()
    {
        await using Application application = await Application.StartAsync(
            (builder, _) =>
            {
                builder.Services.AddChannelSender<Order>("orders");
                builder.Services.AddChannelReceiver<Order, Handlers.Orders>("orders", orders => orders.KeepOrderBy(order => order.Customer));
            },
            "IpMpsc:Channels:orders:Handler:Parallelism=4",
            "IpMpsc:Channels:orders:Capacity=64 KiB");
        var sender = application.Services.GetRequiredService<Sender<Order>>();
        for (int number = 0; number < 10; number++)
        {
            sender.Send(new Order { Number = number, Customer = 7, Item = "pear" });
        }

        for (int number = 0; number < 10; number++)
        {
            Require(application.Inbox.Take() == $"{number} pear 1");
        }
    }

    private static async Task Batches()
    {
        await using Application application = await Application.StartAsync((builder, _) =>
        {
            builder.Services.AddChannelSender<Order>("orders");
            builder.Services.AddChannelBatchReceiver<Order, Handlers.Batches>("orders");
        });
        application.Services.GetRequiredService<Sender<Order>>().SendBatch([new Order { Number = 1, Item = "" }, new Order { Number = 2, Item = "" }]);
        Require(application.Inbox.Take() == "1 in a batch");
        Require(application.Inbox.Take() == "2 in a batch");
    }

    private static async Task HeldMessages()
    {
        await using Application application = await Application.StartAsync((builder, _) =>
        {
            builder.Services.AddChannelSender<Order>("orders");
            builder.Services.AddHeldChannelReceiver<Order, Handlers.InPlace>("orders");
        });
        await application.Services.GetRequiredService<Sender<Order>>().SendAsync(new Order { Item = "apple" });
        Require(application.Inbox.Take() == "apple");
    }

    private static async Task Protocol()
    {
        await using Application application = await Application.StartAsync((builder, _) =>
        {
            builder.Services.AddChannelSender("orders", Desk.OpenOrCreateSender);
            builder.Services.AddChannelProtocol("orders", desk => desk.Handle<Order, Handlers.Orders>().Handle<Cancellation, Handlers.Cancellations>());
        });
        var sender = application.Services.GetRequiredService<Desk.Sender>();
        sender.Send(new Order { Number = 1, Item = "fig" });
        sender.Send(new Cancellation { Number = 1 });
        Require(application.Inbox.Take() == "1 fig 1");
        Require(application.Inbox.Take() == "not 1");
    }

    private static async Task Bytes()
    {
        await using Application application = await Application.StartAsync((builder, _) =>
        {
            builder.Services.AddByteChannelSender("orders");
            builder.Services.AddByteChannelReceiver<Handlers.Bytes>("orders");
        });
        application.Services.GetRequiredService<ByteSender>().Send("any bytes"u8);
        Require(application.Inbox.Take() == "any bytes");
    }

    private static async Task Objects()
    {
        await using Application application = await Application.StartAsync((builder, _) =>
        {
            builder.Services.AddObjectChannelSender<Parcel>("orders", MemoryPackFormat<Parcel>.Default);
            builder.Services.AddObjectChannelReceiver<Parcel, Handlers.Parcels>("orders", MemoryPackFormat<Parcel>.Default);
        });
        application.Services.GetRequiredService<ObjectSender<Parcel>>().Send(
            new Parcel(3, ["red", "blue"], new() { ["a"] = 1.50m }, new Delivered("door")));
        Require(application.Inbox.Take() == "3 red+blue 1.50 Delivered { Place = door }");
    }

    private static Task ObjectsAlone()
    {
        using var receiver = MemoryPackReceiver.CreateTemporary<IEvent>();
        using var sender = MemoryPackSender.Open<IEvent>(receiver.Path);
        sender.Send(new Delivered("gate"));
        Require(receiver.Receive() is Delivered { Place: "gate" });
        try
        {
            using var wrong = MemoryPackSender.Open<Parcel>(receiver.Path);
            throw new InvalidOperationException("A channel of events was opened for parcels.");
        }
        catch (ChannelMismatchException error)
        {
            Require(error.Message.Contains("Parcel", StringComparison.Ordinal));
        }

        return Task.CompletedTask;
    }

    private static async Task DeadLetters()
    {
        string path = "";
        await using Application application = await Application.StartAsync(
            (builder, folder) =>
            {
                path = Path.Join(folder, "orders.dead");
                builder.Services.AddChannelSender<Order>("orders");
                builder.Services.AddChannelReceiver<Order, Handlers.Orders>("orders");
            },
            "IpMpsc:Channels:orders:Handler:OnFailure=DeadLetter",
            "IpMpsc:Channels:orders:Handler:MaxAttempts=2",
            "IpMpsc:Channels:orders:Handler:RetryDelay=00:00:00.001");
        application.Services.GetRequiredService<Sender<Order>>().Send(new Order { Number = 1, Item = "broken" });
        Require(application.Inbox.Take() == "1 broken 1");
        Require(application.Inbox.Take() == "1 broken 1");
        using var dead = Receiver<Order>.OpenOrCreate(path);
        Require(dead.TryReceive(out Order order, TimeSpan.FromSeconds(30)) && order is { Number: 1, Item: "broken" });
    }

    private static async Task WrongOptions()
    {
        try
        {
            await using Application application = await Application.StartAsync(
                (builder, _) => builder.Services.AddChannelSender<Order>("orders"), "IpMpsc:Channels:orders:Capcity=64 KiB");
            throw new InvalidOperationException("A wrong option was accepted.");
        }
        catch (OptionsValidationException error)
        {
            Require(error.Message.Contains("IpMpsc:Channels:orders:Capcity", StringComparison.Ordinal));
        }
    }

    private static async Task Health()
    {
        await using Application application = await Application.StartAsync((builder, _) => builder.Services.AddChannelReceiver<Order, Handlers.Orders>("orders"));
        HealthReport report = await application.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync();
        Require(report.Entries["ipmpsc:orders"].Status == HealthStatus.Healthy);
    }

    private static async Task Logging()
    {
        string path = Directory.CreateTempSubdirectory("ipmpsc-aot-logs-").FullName, file = Path.Join(path, "all.jsonl");
        await using (Application application = await Application.StartAsync(
            (builder, _) =>
            {
                builder.Logging.AddIpMpsc("logs");
                builder.Services.AddLogCollector("logs");
            },
            $"IpMpsc:Channels:logs:Path={Path.Join(path, "logs")}",
            $"IpMpsc:LogCollectors:logs:JsonFile={file}"))
        {
            Late(application.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Shop"), 5, "Größe", TimeSpan.FromSeconds(1), Guid.Empty);
        }

        using JsonDocument line = JsonDocument.Parse(File.ReadLines(file).Single(text => text.Contains("\"Shop\"", StringComparison.Ordinal)));
        Require(line.RootElement.GetProperty("message").GetString() == "Order 5 of Größe is 00:00:01 late (00000000-0000-0000-0000-000000000000)");
        Require(line.RootElement.GetProperty("values").GetProperty("Number").GetInt32() == 5);
        Directory.Delete(path, recursive: true);
    }

    [LoggerMessage(1, LogLevel.Warning, "Order {Number} of {Customer} is {Time} late ({Id})")]
    private static partial void Late(ILogger logger, int number, string customer, TimeSpan time, Guid id);

    private static void Require(bool condition, [System.Runtime.CompilerServices.CallerArgumentExpression(nameof(condition))] string? what = null)
    {
        if (!condition)
        {
            throw new InvalidOperationException($"Not true: {what}");
        }
    }
}
