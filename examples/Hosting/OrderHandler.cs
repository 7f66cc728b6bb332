using IpMpsc.Extensions.Hosting;

namespace IpMpsc.Examples.Hosting;

/// <summary>Handles one order; the next one may be handled at the same time, unless it comes from the same worker.</summary>
internal sealed class OrderHandler(OrderBook book) : IChannelHandler<Order>
{
    public async ValueTask HandleAsync(Order message, CancellationToken cancellationToken)
    {
        await Task.Yield(); // A real handler would call a database here.
        book.Add(message);
    }
}
