namespace IpMpsc;

/// <summary>
/// The lengths of the variable fields of one message to be, known before it is claimed.
/// The generator emits a nested <c>Sizes</c> struct for every message that has variable fields.
/// </summary>
/// <typeparam name="TMessage">The message that is sized.</typeparam>
public interface IMessageSizes<TMessage> where TMessage : struct, IChannelMessage<TMessage>
{
    /// <summary>The payload bytes of a message with fields of these lengths.</summary>
    int PayloadLength { get; }

    /// <summary>
    /// Prepares a claimed payload: clears the fixed block and stores offset and length of every
    /// variable field in it. The bytes of the fields themselves are left for the caller to fill.
    /// </summary>
    /// <param name="payload">Exactly <see cref="PayloadLength"/> bytes.</param>
    void Prepare(Span<byte> payload);
}
