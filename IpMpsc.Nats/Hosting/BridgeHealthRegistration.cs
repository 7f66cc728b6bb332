using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace IpMpsc.Nats.Hosting;

/// <summary>Gives the bridges of each channel a health check of the name <c>ipmpsc:bridge:NAME</c> with the tag <c>ipmpsc</c>.</summary>
internal sealed class BridgeHealthRegistration(IEnumerable<BridgeRegistration> bridges) : IConfigureOptions<HealthCheckServiceOptions>
{
    public void Configure(HealthCheckServiceOptions checks)
    {
        foreach (IGrouping<string, BridgeRegistration> channel in bridges.GroupBy(bridge => bridge.Channel, StringComparer.Ordinal))
        {
            BridgeRegistration[] ofChannel = [.. channel];
            checks.Registrations.Add(new HealthCheckRegistration(
                "ipmpsc:bridge:" + channel.Key, _ => new BridgeHealthCheck(ofChannel), failureStatus: null, ["ipmpsc"]));
        }
    }
}
