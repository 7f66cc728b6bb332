using IpMpsc.Extensions.Hosting;
using IpMpsc.Extensions.Hosting.Tests.Support;
using Microsoft.Extensions.Configuration;

/// <summary>Says which order it handles, and stays in one of them for ever.</summary>
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
