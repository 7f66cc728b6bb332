namespace IpMpsc.Extensions.Hosting.Handling;

/// <summary>Calls the handler of a channel, which comes from a scope of services that is made for this call.</summary>
internal delegate ValueTask HandlerCall<TMessage>(
    IServiceProvider scope, Work<TMessage> work, CancellationToken cancellationToken);
