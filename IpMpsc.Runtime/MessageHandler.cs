namespace IpMpsc;

/// <summary>Handles a message in place; it is released when the handler returns or throws.</summary>
/// <param name="message">The message, for the time of the call.</param>
/// <typeparam name="T">The message type.</typeparam>
public delegate void MessageHandler<T>(ReceivedMessage<T> message) where T : struct, IChannelMessage<T>;
