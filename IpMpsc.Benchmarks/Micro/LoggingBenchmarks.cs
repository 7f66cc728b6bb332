using BenchmarkDotNet.Attributes;
using IpMpsc.Extensions.Hosting.Logging;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace IpMpsc.Benchmarks.Micro;

/// <summary>Logging one line into a channel, in the ways in which applications log. The channel is emptied between iterations.</summary>
public partial class LoggingBenchmarks
{
    /// <summary>Lines in one iteration. The ring holds them all, so the logger is measured and not the collector.</summary>
    private const int Lines = 10_000;

    private readonly Guid _key = Guid.NewGuid();
    private string _path = "";
    private IHost? _host;
    private ILogger? _logger;
    private Receiver<LogEvent>? _receiver;

    [GlobalSetup]
    public void Open()
    {
        _receiver = Receiver<LogEvent>.CreateTemporary(new IpcChannelOptions { Capacity = 1 << 24, Prefault = true });
        _path = _receiver.Path;
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration["IpMpsc:Channels:logs:Path"] = _path;
        builder.Logging.AddIpMpsc("logs");
        _host = builder.Build();
        _logger = _host.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Shop.Orders");
    }

    [IterationSetup]
    public void Empty() => _receiver!.Drain(static _ => { });

    [GlobalCleanup]
    public void Close()
    {
        _host!.Dispose();
        _receiver!.Dispose();
    }

    [Benchmark(OperationsPerInvoke = Lines)]
    public void NoValues()
    {
        for (int line = 0; line < Lines; line++)
        {
            Plain(_logger!);
        }
    }

    [Benchmark(OperationsPerInvoke = Lines)]
    public void TwoTexts()
    {
        for (int line = 0; line < Lines; line++)
        {
            Texts(_logger!, "abc", "a customer");
        }
    }

    [Benchmark(OperationsPerInvoke = Lines)]
    public void SixValues()
    {
        for (int line = 0; line < Lines; line++)
        {
            Values(_logger!, line, "a customer", 2.5, true, 77, _key);
        }
    }

    [Benchmark(OperationsPerInvoke = Lines)]
    public void TwoTextsByExtensionMethod()
    {
        for (int line = 0; line < Lines; line++)
        {
            _logger!.LogInformation("Order {Number} of {Customer}", "abc", "a customer");
        }
    }

    [LoggerMessage(1, LogLevel.Information, "Order received")]
    private static partial void Plain(ILogger logger);

    [LoggerMessage(2, LogLevel.Information, "Order {Number} of {Customer}")]
    private static partial void Texts(ILogger logger, string number, string customer);

    [LoggerMessage(3, LogLevel.Information, "Order {Number} of {Customer} took {Time} ms: {Ok}, {Size} bytes, {Key}")]
    private static partial void Values(ILogger logger, int number, string customer, double time, bool ok, long size, Guid key);
}
