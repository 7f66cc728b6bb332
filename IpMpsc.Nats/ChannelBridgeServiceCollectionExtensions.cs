using IpMpsc.Extensions.Hosting;
using IpMpsc.Nats;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds bridges between channels and NATS JetStream to an application.</summary>
public static class ChannelBridgeServiceCollectionExtensions
{
    /// <summary>
    /// Adds a channel that is carried to other machines, or comes from one:
    /// <c>services.AddChannelBridge("prices").ToJetStream("PRICES")</c> on one machine, <c>.FromJetStream("PRICES")</c> on the others.
    /// </summary>
    /// <remarks>
    /// The bridge runs for as long as the host. Its start does not wait for the broker. The channel's options stand in the configuration,
    /// <c>IpMpsc:Channels:NAME</c>, and those of the bridge in <c>IpMpsc:Bridges:NAME</c>. The health check <c>ipmpsc:bridge:NAME</c> says whether
    /// the bridge waits, and for what.
    /// </remarks>
    /// <param name="services">The services of the application.</param>
    /// <param name="channel">The name of the channel; also its file's, unless the options say otherwise.</param>
    /// <param name="configure">Changes the options of the channel after the configuration has set them.</param>
    public static ChannelBridgeBuilder AddChannelBridge(
        this IServiceCollection services, string channel, Action<HostedChannelOptions>? configure = null)
    {
        services.AddChannel(channel, configure);
        return new ChannelBridgeBuilder(services, channel);
    }
}
