using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace IpMpsc.Extensions.Hosting.Configuration;

/// <summary>Looks up the options of a channel.</summary>
internal static class OptionsOfChannel
{
    /// <summary>The checked options of a channel.</summary>
    /// <exception cref="OptionsValidationException">They are wrong.</exception>
    public static HostedChannelOptions ChannelOptions(this IServiceProvider services, string name) =>
        services.GetRequiredService<IOptionsMonitor<HostedChannelOptions>>().Get(name);

    /// <summary>Opens something by the options of a channel.</summary>
    public static TOpened OpenChannel<TOpened>(
        this IServiceProvider services, string name, Func<string, IpcChannelOptions?, TOpened> open)
    {
        HostedChannelOptions options = services.ChannelOptions(name);
        return open(options.Path ?? name, options.ToIpcChannelOptions());
    }
}
