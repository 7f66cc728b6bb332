using System.Globalization;
using IpMpsc.Extensions.Hosting;
using IpMpsc.Extensions.Hosting.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

// The other process of the tests: "log PATH LINES END" logs, reports that it has, and ends as told; "handle PATH NUMBER" handles
// orders and never returns from the one with this number, where the test kills it.
return args[0] == "log" ? Log(args[1], int.Parse(args[2], CultureInfo.InvariantCulture), args[3]) : Handle(args[1], args[2]);

static int Log(string path, int lines, string end)
{
    HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ApplicationName = "Peer" });
    builder.Configuration["IpMpsc:Channels:logs:Path"] = path;
    builder.Logging.AddIpMpsc("logs");
    using IHost host = builder.Build();
    ILogger logger = host.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Peer.Work");
    for (int line = 0; line < lines; line++)
    {
        logger.LogInformation("Line {Line} of {Count}", line, lines);
    }

    Console.WriteLine("logged");
    switch (end)
    {
        case "fail-fast":
            Environment.FailFast("The test asked for this crash.");
            break;
        case "overflow":
            Console.WriteLine(Depth(0));
            break;
        default:
            Console.ReadLine();
            break;
    }

    return 0;
}

static int Depth(int depth) => depth + Depth(depth + 1) + Depth(depth);

static int Handle(string path, string number)
{
    HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ApplicationName = "Peer" });
    builder.Configuration["IpMpsc:Channels:orders:Path"] = path;
    builder.Configuration["last"] = number;
    builder.Services.AddChannelReceiver<Order, StuckHandler>("orders");
    builder.Build().Run();
    return 0;
}
