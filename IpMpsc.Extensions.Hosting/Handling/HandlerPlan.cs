namespace IpMpsc.Extensions.Hosting.Handling;

/// <summary>What a registration says about how its messages are handled.</summary>
/// <param name="Channel">The name under which the application knows the channel.</param>
/// <param name="Call">Calls the handler.</param>
/// <param name="IsBatch">Whether one call takes several messages.</param>
/// <param name="KeyHash">The hash of a message's key: messages of one key keep their order. Null if there is no key.</param>
internal sealed record HandlerPlan<TMessage>(
    string Channel, HandlerCall<TMessage> Call, bool IsBatch, Func<TMessage, int>? KeyHash);
