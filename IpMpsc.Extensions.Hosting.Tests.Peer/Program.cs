using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

// The other process of the tests. It logs, says that it has, and waits to be killed, or ends in the way that it was told.
string path = args[0];
int lines = int.Parse(args[1], System.Globalization.CultureInfo.InvariantCulture);
string end = args[2];

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
        Environment.FailFast("as the test wants it");
        break;
    case "overflow":
        Console.WriteLine(Depth(0));
        break;
    default:
        Console.ReadLine();
        break;
}

static int Depth(int depth) => depth + Depth(depth + 1) + Depth(depth);
