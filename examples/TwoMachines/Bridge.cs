using IpMpsc.Nats;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace IpMpsc.Examples.TwoMachines;

/// <summary>One end of the bridge, in a host. <c>ipmpsc bridge</c> does the same without a program.</summary>
internal static class Bridge
{
    private const string Stream = "READINGS";

    public static int Run(string direction, string url)
    {
        HostApplicationBuilder builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.AddSimpleConsole(console => console.SingleLine = true).AddFilter("Microsoft", LogLevel.Warning).AddFilter("NATS", LogLevel.None);
        ChannelBridgeBuilder bridge = builder.Services.AddChannelBridge(Reading.Channel);
        if (direction == "out")
        {
            bridge.ToJetStream(Stream, options => options.Url = url);
        }
        else
        {
            bridge.FromJetStream(Stream, options => options.Url = url);
        }

        builder.Build().Run();
        return 0;
    }
}
