namespace IpMpsc;

/// <summary>
/// The lengths of the variable fields of one message to be, known before it is claimed.
/// The generator emits a nested <c>Sizes</c> struct for every message that has variable fields.
/// </summary>
/// <typeparam name="TMessage">The message that is sized.</typeparam>
/// <typeparam name="TSelf">The lengths themselves.</typeparam>
public interface IMessageSizes<TMessage, TSelf>
    where TMessage : struct, IChannelMessage<TMessage>
    where TSelf : struct, IMessageSizes<TMessage, TSelf>
{
    /// <summary>The payload bytes of a message with fields of these lengths.</summary>
    /// <param name="sizes">The lengths.</param>
    static abstract int Measure(in TSelf sizes);

    /// <summary>
    /// Prepares a claimed payload: clears the fixed block and stores offset and length of every
    /// variable field in it. The bytes of the fields themselves are left for the caller to fill.
    /// </summary>
    /// <param name="sizes">The lengths.</param>
    /// <param name="payload">Exactly the bytes that <see cref="Measure"/> asked for.</param>
    static abstract void Prepare(in TSelf sizes, Span<byte> payload);
}
