// Runs each scenario in this process. `first` starts a host and handles one message, to measure how long a service takes to start.
using System.Diagnostics;
using IpMpsc;
using IpMpsc.Tests.Aot;
using IpMpsc.Tests.Aot.Host;
using Microsoft.Extensions.DependencyInjection;

if (args is not ["first"])
{
    return await ScenarioRunner.RunAsync(Scenarios.All);
}

await using Application application = await Application.StartAsync((builder, _) =>
{
    builder.Services.AddChannelSender<Order>("orders");
    builder.Services.AddChannelReceiver<Order, Handlers.Orders>("orders");
});
application.Services.GetRequiredService<Sender<Order>>().Send(new Order { Number = 1, Item = "first" });
application.Inbox.Take();
Console.WriteLine($"{(DateTime.Now - Process.GetCurrentProcess().StartTime).TotalMilliseconds:0} ms to the first handled message");
return 0;
