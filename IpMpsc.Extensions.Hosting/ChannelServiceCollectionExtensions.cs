using IpMpsc;
using IpMpsc.Extensions.Hosting;
using IpMpsc.Extensions.Hosting.Registering;
using IpMpsc.Objects;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds channels to an application.</summary>
/// <remarks>
/// Each channel has a name, under which its options stand in the configuration, <c>IpMpsc:Channels:NAME</c>. The host
/// checks the options and opens the channels before any service starts. A channel that cannot be opened fails the
/// start with the <see cref="ChannelException"/> that says why.
/// </remarks>
public static partial class ChannelServiceCollectionExtensions
{
    /// <summary>
    /// Adds a <see cref="Sender{T}"/>, a singleton that is safe to share. Ask for it by the name of the channel,
    /// <c>[FromKeyedServices("orders")] Sender&lt;Order&gt;</c>; the first sender of a type is also available without
    /// a name.
    /// </summary>
    /// <typeparam name="T">The message type.</typeparam>
    /// <param name="services">The services of the application.</param>
    /// <param name="name">The name of the channel; also its file's, unless the options say otherwise.</param>
    /// <param name="configure">Changes the options after the configuration has set them.</param>
    public static IServiceCollection AddChannelSender<T>(
        this IServiceCollection services, string name, Action<HostedChannelOptions>? configure = null)
        where T : struct, IChannelMessage<T>
    {
        services.AddSender(name, configure, Sender<T>.OpenOrCreate);
        return services;
    }

    /// <summary>Adds a <see cref="ByteSender"/>, for payloads in a format of your own.</summary>
    /// <inheritdoc cref="AddChannelSender{T}(IServiceCollection, string, Action{HostedChannelOptions})" path="/param" />
    public static IServiceCollection AddByteChannelSender(
        this IServiceCollection services, string name, Action<HostedChannelOptions>? configure = null)
    {
        services.AddSender(name, configure, static (path, options) => ByteSender.OpenOrCreate(path, options));
        return services;
    }

    /// <summary>Adds an <see cref="ObjectSender{T}"/>, for objects of any type in the format of a serializer.</summary>
    /// <typeparam name="T">The type of the messages.</typeparam>
    /// <param name="services">The services of the application.</param>
    /// <param name="name">The name of the channel; also its file's, unless the options say otherwise.</param>
    /// <param name="serializer">The format of the messages, such as <c>MemoryPackFormat&lt;Order&gt;.Default</c>.</param>
    /// <param name="configure">Changes the options after the configuration has set them.</param>
    public static IServiceCollection AddObjectChannelSender<T>(
        this IServiceCollection services,
        string name,
        IObjectSerializer<T> serializer,
        Action<HostedChannelOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(serializer);
        services.AddSender(name, configure, (path, options) => ObjectSender<T>.OpenOrCreate(path, serializer, options));
        return services;
    }

    /// <summary>
    /// Adds a channel that a service of your own opens, such as a bridge: its options, which are bound to the configuration and checked at start, and its
    /// health check. The service gets the options from <c>IOptionsMonitor&lt;HostedChannelOptions&gt;</c> by the name of the channel.
    /// </summary>
    /// <param name="services">The services of the application.</param>
    /// <param name="name">The name of the channel; also its file's, unless the options say otherwise.</param>
    /// <param name="configure">Changes the options after the configuration has set them.</param>
    public static IServiceCollection AddChannel(
        this IServiceCollection services, string name, Action<HostedChannelOptions>? configure = null)
    {
        services.AddChannel(name, configure, open: null);
        return services;
    }

    /// <summary>
    /// Adds any other sender of a channel, such as one of a protocol:
    /// <c>services.AddChannelSender("market", Market.OpenOrCreateSender)</c>.
    /// </summary>
    /// <typeparam name="TSender">The type of the sender; a singleton, by the channel's name and by its type.</typeparam>
    /// <param name="services">The services of the application.</param>
    /// <param name="name">The name of the channel; also its file's, unless the options say otherwise.</param>
    /// <param name="open">Opens the sender, given the name or path of the file and the channel's options.</param>
    /// <param name="configure">Changes the options after the configuration has set them.</param>
    public static IServiceCollection AddChannelSender<TSender>(
        this IServiceCollection services,
        string name,
        Func<string, IpcChannelOptions?, TSender> open,
        Action<HostedChannelOptions>? configure = null)
        where TSender : class, IDisposable
    {
        ArgumentNullException.ThrowIfNull(open);
        services.AddSender(name, configure, open);
        return services;
    }
}
