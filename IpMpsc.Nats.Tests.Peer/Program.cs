using IpMpsc.Nats;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

// The other process of the tests: "out CHANNEL STREAM URL" and "in CHANNEL STREAM URL" are the two ends of a bridge, in a host. Tests kill them.
HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ApplicationName = "Peer" });
builder.Logging.AddSimpleConsole(console => console.SingleLine = true);
builder.Logging.AddFilter("NATS", LogLevel.None);
builder.Configuration["IpMpsc:Channels:ticks:Path"] = args[1];
builder.Configuration["IpMpsc:Bridges:ticks:Url"] = args[3];
ChannelBridgeBuilder bridge = builder.Services.AddChannelBridge("ticks");
if (args[0] == "out")
{
    bridge.ToJetStream(args[2], options => options.AckTimeout = TimeSpan.FromSeconds(2));
}
else
{
    bridge.FromJetStream(args[2]);
}

builder.Build().Run();
