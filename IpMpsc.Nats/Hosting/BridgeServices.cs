using IpMpsc.Extensions.Hosting;
using IpMpsc.Nats.Configuration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace IpMpsc.Nats.Hosting;

/// <summary>What a bridge takes from the services of its application.</summary>
internal static class BridgeServices
{
    public static string PathOf(this IServiceProvider services, string channel) => services.Channel(channel).Path ?? channel;

    public static IpcChannelOptions OptionsOf(this IServiceProvider services, string channel) => services.Channel(channel).ToIpcChannelOptions();

    public static ILogger BridgeLogger(this IServiceProvider services) =>
        services.GetRequiredService<ILoggerFactory>().CreateLogger("IpMpsc.Nats.Bridge");

    /// <summary>Sets options from the section of the bridge.</summary>
    /// <exception cref="OptionsValidationException">A value is wrong, or a key does not exist.</exception>
    public static void Configure<TOptions>(this IServiceProvider services, string channel, TOptions options) where TOptions : JetStreamOptions
    {
        IReadOnlyList<string> faults = BridgeConfiguration.Apply(services.GetRequiredService<IConfiguration>(), channel, options);
        if (faults.Count > 0)
        {
            throw new OptionsValidationException(BridgeConfiguration.KeyOf(channel), typeof(TOptions), faults);
        }
    }

    private static HostedChannelOptions Channel(this IServiceProvider services, string channel) =>
        services.GetRequiredService<IOptionsMonitor<HostedChannelOptions>>().Get(channel);
}
