using IpMpsc.Extensions.Hosting.Configuration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace IpMpsc.Extensions.Hosting.Registering;

/// <summary>What every registration of a channel adds to the services.</summary>
internal static class ChannelServices
{
    /// <summary>Adds a channel with its options and its health check.</summary>
    public static void AddChannel(
        this IServiceCollection services, string name, Action<HostedChannelOptions>? configure, Action<IServiceProvider>? open)
    {
        services.AddChannelOptions(name);
        if (configure is not null)
        {
            services.Configure(name, configure);
        }

        services.AddSingleton(new ChannelRegistration(name, open));
        services.AddHealthChecks();
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IConfigureOptions<HealthCheckServiceOptions>, ChannelHealthRegistration>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, ChannelOpener>());
    }

    /// <summary>Adds the options of a channel, bound to the configuration and checked at start.</summary>
    public static void AddChannelOptions(this IServiceCollection services, string name)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IConfigureOptions<HostedChannelOptions>, ChannelOptionsConfiguration>());
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IValidateOptions<HostedChannelOptions>, ChannelOptionsValidator>());
        services.AddOptions<HostedChannelOptions>(name).ValidateOnStart();
        services.AddSingleton<IOptionsChangeTokenSource<HostedChannelOptions>>(provider =>
            new ConfigurationChangeTokenSource<HostedChannelOptions>(
                name, provider.GetRequiredService<IConfiguration>().GetSection(ChannelOptionsConfiguration.KeyOf(name))));
    }

    /// <summary>
    /// Adds a sender as a singleton, by the name of its channel and, if it is the first of its type, without a name.
    /// </summary>
    public static void AddSender<TSender>(
        this IServiceCollection services,
        string name,
        Action<HostedChannelOptions>? configure,
        Func<string, IpcChannelOptions?, TSender> open) where TSender : class, IDisposable
    {
        services.AddChannel(name, configure, provider => provider.GetRequiredKeyedService<TSender>(name));
        services.TryAddKeyedSingleton(name, (provider, _) => provider.OpenChannel(name, open));
        services.TryAddSingleton(provider => provider.GetRequiredKeyedService<TSender>(name));
    }
}
