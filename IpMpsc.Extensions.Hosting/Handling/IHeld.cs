namespace IpMpsc.Extensions.Hosting.Handling;

/// <summary>A message that stays in the ring until its handler has returned, whatever kind of receiver it comes from.</summary>
/// <typeparam name="TMessage">What the handler takes.</typeparam>
internal interface IHeld<out TMessage>
{
    /// <summary>Where the message stands: bytes since the channel was created.</summary>
    long Position { get; }

    /// <summary>The id of its type.</summary>
    ushort MessageId { get; }

    /// <summary>The version of its type.</summary>
    ushort SchemaVersion { get; }

    /// <summary>When and as a part of which activity it was sent, if its sender says so.</summary>
    MessageTrace? Trace { get; }

    /// <summary>Its bytes, in the ring.</summary>
    ReadOnlySpan<byte> Payload { get; }

    /// <summary>The message as the handler takes it.</summary>
    /// <exception cref="MessageFormatException">The payload cannot be decoded.</exception>
    TMessage Read();

    /// <summary>Gives the message back to the senders as free space.</summary>
    void Release();
}
