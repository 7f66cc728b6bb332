namespace IpMpsc.Examples.Hosting;

/// <summary>Counts the orders of each worker, and requires that they arrive in order.</summary>
internal sealed partial class OrderBook(IConfiguration configuration, ILogger<OrderBook> logger)
{
    private readonly int _expected = configuration.GetValue<int>("Shop:Workers") * configuration.GetValue<int>("Shop:OrdersPerWorker");
    private readonly Dictionary<int, int> _next = [];
    private readonly Lock _gate = new();
    private int _count;

    /// <summary>Adds an order. An order that is delivered again after a process was killed counts once.</summary>
    /// <exception cref="InvalidOperationException">An order is missing.</exception>
    public void Add(Order order)
    {
        lock (_gate)
        {
            int next = _next.GetValueOrDefault(order.Worker);
            if (order.Number > next)
            {
                throw new InvalidOperationException($"Worker {order.Worker} sent order {order.Number}, but order {next} is missing.");
            }

            _count += order.Number == next ? 1 : 0;
            _next[order.Worker] = order.Number + 1;
            if (_count == _expected)
            {
                Complete(_count, _next.Count);
            }
        }
    }

    [LoggerMessage(1, LogLevel.Information, "Handled {Count} orders of {Workers} workers, all in order")]
    private partial void Complete(int count, int workers);
}
