using IpMpsc.Extensions.Hosting.Configuration;
using IpMpsc.Extensions.Hosting.Logging;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace IpMpsc.Extensions.Hosting.Collecting;

/// <summary>Takes the events of a log channel: writes them to a file, and forwards them to the loggers of this application.</summary>
internal sealed class LogCollector : IChannelBatchHandler<LogEvent>, IDisposable
{
    private readonly JsonFile? _file;
    private readonly EventForwarder? _forwarder;
    private readonly ILogger _logger;
    private readonly LossWatch _losses = new();
    private readonly string _channel;

    public LogCollector(IServiceProvider services, string channel)
    {
        LogCollectorOptions options = services.GetRequiredService<IOptionsMonitor<LogCollectorOptions>>().Get(channel);
        ILoggerFactory loggers = services.GetRequiredService<ILoggerFactory>();
        string path = IpcChannel.Inspect(services.ChannelOptions(channel).Path ?? channel).Path;
        _channel = channel;
        _logger = loggers.CreateLogger("IpMpsc.Extensions.Hosting.LogCollector");
        _file = options.JsonFile is { Length: > 0 } file ? new JsonFile(file) : null;
        _forwarder = options.Forward ? new EventForwarder(loggers, path) : null;
    }

    public async ValueTask HandleAsync(IReadOnlyList<LogEvent> messages, CancellationToken cancellationToken)
    {
        if (_file is not null)
        {
            _file.Forget();
            foreach (LogEvent entry in messages)
            {
                _file.Add(entry);
            }

            await _file.FlushAsync(cancellationToken).ConfigureAwait(false);
        }

        foreach (LogEvent entry in messages)
        {
            long lost = _losses.LostBefore(entry);
            if (lost > 0)
            {
                CollectorLog.EventsLost(_logger, _channel, entry.Application, entry.ProcessId, lost);
            }

            _forwarder?.Forward(entry);
        }
    }

    public void Dispose() => _file?.Dispose();
}
