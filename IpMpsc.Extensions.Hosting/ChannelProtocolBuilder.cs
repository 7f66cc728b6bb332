using System.Diagnostics.CodeAnalysis;
using IpMpsc.Extensions.Hosting.Receiving;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace IpMpsc.Extensions.Hosting;

/// <summary>Declares the message types of a channel and their handlers.</summary>
public sealed class ChannelProtocolBuilder
{
    private readonly Dictionary<ushort, ProtocolRoute> _routes = [];

    internal ChannelProtocolBuilder(IServiceCollection services, string name)
    {
        Services = services;
        Name = name;
    }

    /// <summary>The services of the application.</summary>
    public IServiceCollection Services { get; }

    /// <summary>The name of the channel.</summary>
    public string Name { get; }

    internal IReadOnlyDictionary<ushort, ProtocolRoute> Routes => _routes;

    /// <summary>
    /// Adds a message type and its handler. The types that are added are those of the channel: a sender whose
    /// protocol has others does not match, and the one that opens the channel later fails.
    /// </summary>
    /// <typeparam name="T">The message type.</typeparam>
    /// <typeparam name="THandler">Its handler; scoped, unless the services have it already.</typeparam>
    /// <exception cref="ArgumentException">The type, or another one with its id, was added before.</exception>
    public ChannelProtocolBuilder Handle<T, [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] THandler>()
        where T : struct, IChannelMessage<T>
        where THandler : class, IChannelHandler<T>
    {
        if (!_routes.TryAdd(T.MessageId, ProtocolRoute.Of<T, THandler>()))
        {
            throw new ArgumentException(
                $"Channel '{Name}' has two handlers for the message id {T.MessageId}: {_routes[T.MessageId].Schema.Name} and {T.Schema.Name}. " +
                "Register each message type once.");
        }

        Services.TryAddScoped<THandler>();
        return this;
    }

    /// <summary>Changes the options after the configuration has set them.</summary>
    /// <param name="configure">Changes them.</param>
    public ChannelProtocolBuilder Configure(Action<HostedChannelOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        Services.Configure(Name, configure);
        return this;
    }
}
