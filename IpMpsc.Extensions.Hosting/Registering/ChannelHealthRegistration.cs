using IpMpsc.Extensions.Hosting.Health;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace IpMpsc.Extensions.Hosting.Registering;

/// <summary>Gives each registered channel a health check of the name <c>ipmpsc:NAME</c> with the tag <c>ipmpsc</c>.</summary>
internal sealed class ChannelHealthRegistration(
    IEnumerable<ChannelRegistration> channels, IOptionsMonitor<HostedChannelOptions> options)
    : IConfigureOptions<HealthCheckServiceOptions>
{
    public void Configure(HealthCheckServiceOptions checks)
    {
        foreach (string name in channels.Select(channel => channel.Name).Distinct(StringComparer.Ordinal))
        {
            if (options.Get(name).Health.Enabled)
            {
                ChannelHealthCheck check = new(name, options); // One for all checks: it remembers the last look.
                checks.Registrations.Add(new HealthCheckRegistration("ipmpsc:" + name, _ => check, failureStatus: null, ["ipmpsc"]));
            }
        }
    }
}
