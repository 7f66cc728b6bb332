using IpMpsc;
using IpMpsc.Extensions.Hosting;
using IpMpsc.Extensions.Hosting.Collecting;
using IpMpsc.Extensions.Hosting.Handling;
using IpMpsc.Extensions.Hosting.Logging;
using IpMpsc.Extensions.Hosting.Receiving;
using IpMpsc.Extensions.Hosting.Registering;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <content>The collector of a log channel.</content>
public static partial class ChannelServiceCollectionExtensions
{
    /// <summary>
    /// Collects the events of a log channel for as long as the host runs: adds them to a file as lines of JSON, and forwards them
    /// to the loggers of this application. An event leaves the channel when both have been done.
    /// </summary>
    /// <remarks>The applications that log call <c>builder.Logging.AddIpMpsc</c> with the same channel.</remarks>
    /// <param name="services">The services of the application.</param>
    /// <param name="name">The name of the channel; also its file's, unless the options say otherwise.</param>
    /// <param name="configure">Changes the options after the configuration has set them.</param>
    public static IServiceCollection AddLogCollector(
        this IServiceCollection services, string name, Action<LogCollectorOptions>? configure = null)
    {
        services.AddChannel(name, configure: null, open: null);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IConfigureOptions<LogCollectorOptions>, CollectorOptionsConfiguration>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<LogCollectorOptions>, CollectorOptionsConfiguration>());
        services.AddOptions<LogCollectorOptions>(name).ValidateOnStart();
        if (configure is not null)
        {
            services.Configure(name, configure);
        }

        services.AddOptions<HostedChannelOptions>(name).Configure<IOptionsMonitor<LogCollectorOptions>>(
            (channel, collectors) => channel.Handler.BatchSize = collectors.Get(name).BatchSize);
        services.AddKeyedSingleton(name, (provider, _) => new LogCollector(provider, name));
        services.AddReceiverService(
            new HandlerPlan<LogEvent>(
                name,
                (scope, work, cancellationToken) => scope.GetRequiredKeyedService<LogCollector>(name).HandleAsync(work, cancellationToken),
                IsBatch: true,
                KeyHash: null),
            static (path, options) => new TypedSource<LogEvent>(Receiver<LogEvent>.OpenOrCreate(path, options)));
        return services;
    }
}
