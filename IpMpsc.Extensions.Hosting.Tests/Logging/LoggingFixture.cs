using IpMpsc.Extensions.Hosting.Logging;
using IpMpsc.Extensions.Hosting.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace IpMpsc.Extensions.Hosting.Tests.Logging;

/// <summary>A channel, a logger that logs into it, and the receiver at its other end.</summary>
internal sealed class LoggingFixture : IDisposable
{
    private readonly TestDirectory _directory = new();
    private readonly IHost _host;

    public LoggingFixture(IEnumerable<(string Key, string? Value)>? settings = null, Action<ChannelLoggerOptions>? configure = null)
    {
        Path = _directory["logs"];
        _host = TestHost.Build(
            Log,
            [("IpMpsc:Channels:logs:Path", Path), ("IpMpsc:Channels:logs:Capacity", "64KiB"), .. settings ?? []],
            builder => builder.Logging.SetMinimumLevel(LogLevel.Trace).AddIpMpsc("logs", configure));
        Loggers = _host.Services.GetRequiredService<ILoggerFactory>();
        Logger = Loggers.CreateLogger("Shop.Orders");
        Receiver = Receiver<LogEvent>.Open(Path);
    }

    public string Path { get; }

    /// <summary>The lines of the same calls at the host's other provider.</summary>
    public ListLoggerProvider Log { get; } = new();

    public ILoggerFactory Loggers { get; }

    public ILogger Logger { get; }

    public Receiver<LogEvent> Receiver { get; }

    public ChannelLoggerProvider Provider => (ChannelLoggerProvider)_host.Services.GetServices<ILoggerProvider>().Single(provider => provider is ChannelLoggerProvider);

    /// <summary>The next event, which must have been logged.</summary>
    public LogEvent Next()
    {
        Assert.That(Receiver.TryReceive(out LogEvent entry), "Nothing was logged into the channel.");
        return entry;
    }

    public void Dispose()
    {
        _host.Dispose();
        Receiver.Dispose();
        _directory.Dispose();
    }
}
