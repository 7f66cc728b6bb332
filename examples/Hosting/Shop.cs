using System.Diagnostics;
using OpenTelemetry.Metrics;

namespace IpMpsc.Examples.Hosting;

/// <summary>The process that handles the orders and collects the logs.</summary>
internal static class Shop
{
    public static int Run(string[] args)
    {
        WebApplicationBuilder builder = WebApplication.CreateBuilder(
            new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        builder.Services.AddSingleton<OrderBook>();
        builder.Services.AddChannelReceiver<Order, OrderHandler>("shop-orders", orders => orders.KeepOrderBy(order => order.Worker));
        builder.Services.AddLogCollector("logs");
        builder.Services.AddOpenTelemetry().WithMetrics(metrics => metrics.AddMeter("IpMpsc").AddConsoleExporter());

        WebApplication shop = builder.Build();
        shop.MapHealthChecks("/health");
        shop.Lifetime.ApplicationStarted.Register(() => StartWorkers(shop.Configuration.GetValue<int>("Shop:Workers")));
        shop.Run();
        return 0;
    }

    private static void StartWorkers(int count)
    {
        for (int number = 1; number <= count; number++)
        {
            using Process? worker = Process.Start(ThisProgram.With("worker", $"{number}"));
        }
    }
}
