using Microsoft.Extensions.Hosting;

namespace IpMpsc.Nats.Hosting;

/// <summary>Runs a bridge for as long as the host runs.</summary>
/// <param name="services">Where the options and the logger come from.</param>
/// <param name="registration">The bridge.</param>
internal sealed class BridgeService(IServiceProvider services, BridgeRegistration registration) : BackgroundService, IHostedLifecycleService
{
    /// <summary>Options that are wrong fail the start of the host.</summary>
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        registration.Make(services);
        return Task.CompletedTask;
    }

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => registration.Bridge!.RunAsync(stoppingToken);
}
