using System.Diagnostics.CodeAnalysis;
using IpMpsc;
using IpMpsc.Extensions.Hosting;
using IpMpsc.Extensions.Hosting.Handling;
using IpMpsc.Extensions.Hosting.Receiving;
using IpMpsc.Extensions.Hosting.Registering;
using IpMpsc.Generated;
using IpMpsc.Objects;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Microsoft.Extensions.DependencyInjection;

/// <content>Receivers: services that call handlers.</content>
public static partial class ChannelServiceCollectionExtensions
{
    private const DynamicallyAccessedMemberTypes Constructors = DynamicallyAccessedMemberTypes.PublicConstructors;

    /// <summary>Receives from a channel for as long as the host runs, and calls a handler for each message.</summary>
    /// <remarks>
    /// A message leaves the channel after its handler has returned, so it is handled at least once. What happens to one whose handler
    /// throws, how many are handled at once, and how the host stops, say the <see cref="HostedChannelOptions.Handler"/> options.
    /// </remarks>
    /// <typeparam name="T">The message type.</typeparam>
    /// <typeparam name="THandler">The handler; scoped, unless the services have it already. Each call has a scope of its own.</typeparam>
    /// <param name="services">The services of the application.</param>
    /// <param name="name">The name of the channel; also its file's, unless the options say otherwise.</param>
    /// <param name="configure">Configures the receiver.</param>
    public static IServiceCollection AddChannelReceiver<T, [DynamicallyAccessedMembers(Constructors)] THandler>(
        this IServiceCollection services, string name, Action<ChannelHandlerBuilder<T>>? configure = null)
        where T : struct, IChannelMessage<T>
        where THandler : class, IChannelHandler<T> => services.AddReceiver<T, THandler>(
        name,
        configure,
        isBatch: false,
        static (scope, work, cancellationToken) => scope.GetRequiredService<THandler>().HandleAsync(work[0], cancellationToken),
        static (path, options) => new TypedSource<T>(Receiver<T>.OpenOrCreate(path, options)));

    /// <summary>
    /// Receives from a channel for as long as the host runs, and calls a handler for each batch: for what is there, up to
    /// <see cref="ChannelHandlerOptions.BatchSize"/> messages.
    /// </summary>
    /// <inheritdoc cref="AddChannelReceiver{T, THandler}(IServiceCollection, string, Action{ChannelHandlerBuilder{T}})" path="/typeparam|/param" />
    public static IServiceCollection AddChannelBatchReceiver<T, [DynamicallyAccessedMembers(Constructors)] THandler>(
        this IServiceCollection services, string name, Action<HostedChannelOptions>? configure = null)
        where T : struct, IChannelMessage<T>
        where THandler : class, IChannelBatchHandler<T> => services.AddReceiver<T, THandler>(
        name,
        configure is null ? null : builder => builder.Configure(configure),
        isBatch: true,
        static (scope, work, cancellationToken) => scope.GetRequiredService<THandler>().HandleAsync(work, cancellationToken),
        static (path, options) => new TypedSource<T>(Receiver<T>.OpenOrCreate(path, options)));

    /// <summary>
    /// Receives from a channel for as long as the host runs, and calls a handler with each message in place: nothing is copied. The
    /// message is valid until the task of the handler has ended, also across <c>await</c>; it is then released for the handler.
    /// </summary>
    /// <inheritdoc cref="AddChannelReceiver{T, THandler}(IServiceCollection, string, Action{ChannelHandlerBuilder{T}})" path="/typeparam|/param" />
    public static IServiceCollection AddHeldChannelReceiver<T, [DynamicallyAccessedMembers(Constructors)] THandler>(
        this IServiceCollection services, string name, Action<ChannelHandlerBuilder<HeldMessage<T>>>? configure = null)
        where T : struct, IChannelMessage<T>
        where THandler : class, IChannelHandler<HeldMessage<T>> => services.AddReceiver<HeldMessage<T>, THandler>(
        name,
        configure,
        isBatch: false,
        static (scope, work, cancellationToken) => scope.GetRequiredService<THandler>().HandleAsync(work[0], cancellationToken),
        static (path, options) => new HeldSource<T>(Receiver<T>.OpenOrCreate(path, options)));

    /// <summary>
    /// Receives payloads in a format of your own for as long as the host runs, and calls a handler with each in place. The memory is
    /// valid until the task of the handler has ended; after that it throws.
    /// </summary>
    /// <inheritdoc cref="AddChannelReceiver{T, THandler}(IServiceCollection, string, Action{ChannelHandlerBuilder{T}})" path="/typeparam|/param" />
    public static IServiceCollection AddByteChannelReceiver<[DynamicallyAccessedMembers(Constructors)] THandler>(
        this IServiceCollection services, string name, Action<ChannelHandlerBuilder<ReadOnlyMemory<byte>>>? configure = null)
        where THandler : class, IChannelHandler<ReadOnlyMemory<byte>> => services.AddReceiver<ReadOnlyMemory<byte>, THandler>(
        name,
        configure,
        isBatch: false,
        static (scope, work, cancellationToken) => scope.GetRequiredService<THandler>().HandleAsync(work[0], cancellationToken),
        static (path, options) => new ByteSource<ReadOnlyMemory<byte>>(ByteReceiver.OpenOrCreate(path, options), static payload => payload));

    /// <summary>
    /// Receives objects of any type for as long as the host runs, in the format of a serializer, and calls a handler for each:
    /// <c>services.AddObjectChannelReceiver&lt;Order, OrderHandler&gt;("orders", MemoryPackFormat&lt;Order&gt;.Default)</c>.
    /// </summary>
    /// <remarks>
    /// A payload that the serializer cannot read is not tried again: <see cref="ChannelHandlerOptions.OnFailure"/> decides at once.
    /// </remarks>
    /// <typeparam name="T">The type of the messages.</typeparam>
    /// <typeparam name="THandler">The handler; scoped, unless the services have it already. Each call has a scope of its own.</typeparam>
    /// <param name="services">The services of the application.</param>
    /// <param name="name">The name of the channel; also its file's, unless the options say otherwise.</param>
    /// <param name="serializer">The format of the messages.</param>
    /// <param name="configure">Configures the receiver.</param>
    public static IServiceCollection AddObjectChannelReceiver<T, [DynamicallyAccessedMembers(Constructors)] THandler>(
        this IServiceCollection services,
        string name,
        IObjectSerializer<T> serializer,
        Action<ChannelHandlerBuilder<T>>? configure = null)
        where THandler : class, IChannelHandler<T>
    {
        ArgumentNullException.ThrowIfNull(serializer);
        return services.AddReceiver<T, THandler>(
            name,
            configure,
            isBatch: false,
            static (scope, work, cancellationToken) => scope.GetRequiredService<THandler>().HandleAsync(work[0], cancellationToken),
            (path, options) => new ByteSource<T>(
                ByteReceiver.OpenOrCreate(path, options, serializer.Format), payload => ObjectDecoder.Decode(serializer, payload.Span)));
    }

    /// <summary>
    /// Receives from a channel of several message types for as long as the host runs, and calls the handler of each type.
    /// </summary>
    /// <param name="services">The services of the application.</param>
    /// <param name="name">The name of the channel; also its file's, unless the options say otherwise.</param>
    /// <param name="configure">Adds the message types with their handlers.</param>
    /// <exception cref="ArgumentException">No message type was added.</exception>
    public static IServiceCollection AddChannelProtocol(
        this IServiceCollection services, string name, Action<ChannelProtocolBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        ChannelProtocolBuilder protocol = new(services, name);
        services.AddChannel(name, configure: null, open: null);
        configure(protocol);
        if (protocol.Routes.Count == 0)
        {
            throw new ArgumentException($"Channel '{name}' has no message type: call Handle for each.", nameof(configure));
        }

        IReadOnlyDictionary<ushort, ProtocolRoute> routes = protocol.Routes;
        ProtocolSchema schema = new(name, [.. routes.Values.Select(route => route.Schema)]);
        services.AddReceiverService(
            new HandlerPlan<HeldRecord>(
                name,
                (scope, work, cancellationToken) => routes[work[0].MessageId].Call(scope, work[0], cancellationToken),
                IsBatch: false,
                KeyHash: null),
            (path, options) => new ProtocolSource(new HostedProtocolReceiver(schema, path, options)));
        return services;
    }

    private static IServiceCollection AddReceiver<TMessage, [DynamicallyAccessedMembers(Constructors)] THandler>(
        this IServiceCollection services,
        string name,
        Action<ChannelHandlerBuilder<TMessage>>? configure,
        bool isBatch,
        HandlerCall<TMessage> call,
        Func<string, IpcChannelOptions?, MessageSource<TMessage>> open)
        where THandler : class
    {
        services.AddChannel(name, configure: null, open: null);
        services.TryAddScoped<THandler>();
        ChannelHandlerBuilder<TMessage> builder = new(services, name);
        configure?.Invoke(builder);
        services.AddReceiverService(new HandlerPlan<TMessage>(name, call, isBatch, builder.KeyHash), open);
        return services;
    }

    private static void AddReceiverService<TMessage>(
        this IServiceCollection services,
        HandlerPlan<TMessage> plan,
        Func<string, IpcChannelOptions?, MessageSource<TMessage>> open) =>
        services.AddSingleton<IHostedService>(provider => new HostedReceiver<TMessage>(provider, plan, open));
}
