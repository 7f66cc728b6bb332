using System.Reflection;
using IpMpsc;
using IpMpsc.Extensions.Hosting;
using IpMpsc.Extensions.Hosting.Configuration;
using IpMpsc.Extensions.Hosting.Logging;
using IpMpsc.Extensions.Hosting.Registering;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Configuration;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.Logging;

/// <summary>Adds logging into a channel.</summary>
public static class ChannelLoggingBuilderExtensions
{
    /// <summary>
    /// Logs structured events into a channel. What was logged before the process was killed is in the channel, for the
    /// collector that runs in another process.
    /// </summary>
    /// <remarks>
    /// The channel is opened when the host is built. If that fails, the <see cref="ChannelException"/> says why.
    /// Its options stand in <c>IpMpsc:Channels:NAME</c>, those of the logger in <c>Logging:IpMpsc</c>.
    /// </remarks>
    /// <param name="builder">The logging of the application.</param>
    /// <param name="channel">The name of the channel; also its file's, unless the options say otherwise.</param>
    /// <param name="configure">Changes the options after the configuration has set them.</param>
    public static ILoggingBuilder AddIpMpsc(
        this ILoggingBuilder builder, string channel, Action<ChannelLoggerOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.AddConfiguration();
        IServiceCollection services = builder.Services;
        services.AddChannelOptions(channel);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IConfigureOptions<ChannelLoggerOptions>, LoggerOptionsConfiguration>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<ChannelLoggerOptions>, LoggerOptionsConfiguration>());
        services.AddOptions<ChannelLoggerOptions>().ValidateOnStart();
        if (configure is not null)
        {
            services.Configure(configure);
        }

        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<ILoggerProvider, ChannelLoggerProvider>(provider => Open(provider, channel)));
        return builder;
    }

    private static ChannelLoggerProvider Open(IServiceProvider services, string channel)
    {
        ChannelLoggerOptions options = services.GetRequiredService<IOptions<ChannelLoggerOptions>>().Value;
        string application = services.GetService<IHostEnvironment>()?.ApplicationName
            ?? Assembly.GetEntryAssembly()?.GetName().Name
            ?? new IpcChannelOptions().ParticipantName;
        return new ChannelLoggerProvider(
            new LogChannel(services.OpenChannel(channel, Sender<LogEvent>.OpenOrCreate), options), application);
    }
}
