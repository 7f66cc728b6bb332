namespace IpMpsc.Examples.Hosting;

/// <summary>Sends orders, and stops its process when all are sent.</summary>
internal sealed partial class Worker(
    Sender<Order> orders, WorkerNumber worker, IConfiguration configuration, IHostApplicationLifetime application, ILogger<Worker> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        int count = configuration.GetValue<int>("Shop:OrdersPerWorker");
        for (int number = 0; number < count; number++)
        {
            Order order = new() { Worker = worker.Value, Number = number, Item = number % 2 == 0 ? "apple" : "pear" };
            await orders.SendAsync(order, stoppingToken);
            Sent(order.Worker, order.Number, order.Item);
        }

        application.StopApplication();
    }

    [LoggerMessage(1, LogLevel.Information, "Worker {Worker} has sent order {Number}: {Item}")]
    private partial void Sent(int worker, int number, string item);
}
