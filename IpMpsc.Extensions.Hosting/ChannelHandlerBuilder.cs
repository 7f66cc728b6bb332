using Microsoft.Extensions.DependencyInjection;

namespace IpMpsc.Extensions.Hosting;

/// <summary>Configures a hosted receiver: its options, and the key by which messages keep their order.</summary>
/// <typeparam name="TMessage">What the handler takes.</typeparam>
public sealed class ChannelHandlerBuilder<TMessage>
{
    internal ChannelHandlerBuilder(IServiceCollection services, string name)
    {
        Services = services;
        Name = name;
    }

    /// <summary>The services of the application.</summary>
    public IServiceCollection Services { get; }

    /// <summary>The name of the channel.</summary>
    public string Name { get; }

    internal Func<TMessage, int>? KeyHash { get; private set; }

    /// <summary>Changes the options after the configuration has set them.</summary>
    /// <param name="configure">Changes them.</param>
    public ChannelHandlerBuilder<TMessage> Configure(Action<HostedChannelOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        Services.Configure(Name, configure);
        return this;
    }

    /// <summary>
    /// Keeps messages of one key in order although several are handled at once: with
    /// <see cref="ChannelHandlerOptions.Parallelism"/> above 1, messages of the same key go to the same lane, and a lane handles
    /// one message after the other. A message that is tried again holds up only its lane.
    /// </summary>
    /// <remarks>Handlers of batches have no key.</remarks>
    /// <typeparam name="TKey">The type of the key.</typeparam>
    /// <param name="key">The key of a message. It is called for each message when it is received.</param>
    public ChannelHandlerBuilder<TMessage> KeepOrderBy<TKey>(Func<TMessage, TKey> key)
    {
        ArgumentNullException.ThrowIfNull(key);
        KeyHash = message => key(message)?.GetHashCode() ?? 0;
        return this;
    }
}
