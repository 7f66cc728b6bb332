using Microsoft.Extensions.Hosting;

namespace IpMpsc.Extensions.Hosting.Opening;

/// <summary>
/// Opens the senders before any service starts, so that a channel that cannot be opened fails the start of the host
/// with the channel's own words, and not the first message that somebody sends.
/// </summary>
internal sealed class ChannelOpener(IServiceProvider services, IEnumerable<ChannelRegistration> registrations) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken)
    {
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
}
