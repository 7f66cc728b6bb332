using System.Collections.Concurrent;
using IpMpsc.Extensions.Hosting.Tests.Support;

namespace IpMpsc.Extensions.Hosting.Tests.Handling;

/// <summary>Records what the handlers of a test have handled, and runs the test's code in them.</summary>
internal sealed class Inbox
{
    private readonly ConcurrentQueue<Order> _handled = [];
    private int _running;

    /// <summary>Runs in the handler; by default nothing.</summary>
    public Func<Order, CancellationToken, ValueTask> Work { get; set; } = (_, _) => default;

    /// <summary>Orders whose handler has returned, in that order.</summary>
    public IReadOnlyList<Order> Handled => [.. _handled];

    public IEnumerable<int> Numbers => Handled.Select(order => order.Number);

    /// <summary>Every order that a handler was called with, including failed calls.</summary>
    public ConcurrentQueue<int> Calls { get; } = [];

    /// <summary>Handlers that are running now.</summary>
    public int Running => Volatile.Read(ref _running);

    /// <summary>The most handlers that ran at once.</summary>
    public int MostRunning { get; private set; }

    public async ValueTask HandleAsync(Order order, CancellationToken cancellationToken)
    {
        lock (Calls)
        {
            MostRunning = Math.Max(MostRunning, ++_running);
        }

        try
        {
            Calls.Enqueue(order.Number);
            await Work(order, cancellationToken);
            _handled.Enqueue(order);
        }
        finally
        {
            Interlocked.Decrement(ref _running);
        }
    }

    public void AwaitHandled(int count) => Patience.Until(() => _handled.Count >= count, $"{count} messages are handled");
}
