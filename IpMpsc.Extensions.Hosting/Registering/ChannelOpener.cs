using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace IpMpsc.Extensions.Hosting.Registering;

/// <summary>
/// Opens the senders before any service starts, so that a channel that cannot be opened fails the start of the host
/// with the channel's own error, and not the first send. Before that, it logs what the system lacks.
/// </summary>
internal sealed partial class ChannelOpener(
    IServiceProvider services, IEnumerable<ChannelRegistration> registrations, ILogger<ChannelOpener> logger) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        foreach (string shortcoming in IpcChannel.Shortcomings)
        {
            LogShortcoming(logger, shortcoming);
        }

        foreach (ChannelRegistration registration in registrations)
        {
            registration.Open?.Invoke(services);
        }

        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(Level = LogLevel.Warning, Message = "Channels take a slower way on this system: {Shortcoming}")]
    private static partial void LogShortcoming(ILogger logger, string shortcoming);
}
