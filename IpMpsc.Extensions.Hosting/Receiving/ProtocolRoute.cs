using Microsoft.Extensions.DependencyInjection;

namespace IpMpsc.Extensions.Hosting.Receiving;

/// <summary>How messages of one type reach their handler.</summary>
/// <param name="Schema">The type.</param>
/// <param name="Call">Decodes a message and calls the handler.</param>
internal sealed record ProtocolRoute(
    MessageSchema Schema, Func<IServiceProvider, HeldRecord, CancellationToken, ValueTask> Call)
{
    public static ProtocolRoute Of<T, THandler>()
        where T : struct, IChannelMessage<T>
        where THandler : class, IChannelHandler<T> => new(
        MessageSchema.Of<T>(),
        static (scope, message, cancellationToken) => scope.GetRequiredService<THandler>().HandleAsync(
            T.Read(message.Payload, message.SchemaVersion), cancellationToken));
}
