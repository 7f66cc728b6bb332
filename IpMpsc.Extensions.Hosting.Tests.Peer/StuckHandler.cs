using IpMpsc.Extensions.Hosting;
using IpMpsc.Extensions.Hosting.Tests.Support;
using Microsoft.Extensions.Configuration;

/// <summary>Reports each order that it handles, and never returns from one of them.</summary>
internal sealed class StuckHandler(IConfiguration configuration) : IChannelHandler<Order>
{
    public async ValueTask HandleAsync(Order message, CancellationToken cancellationToken)
    {
        Console.WriteLine(message.Number);
        if (message.Number == configuration.GetValue<int>("last"))
        {
            await Task.Delay(Timeout.Infinite, CancellationToken.None);
        }
    }
}
