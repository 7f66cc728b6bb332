using System.Buffers;

namespace IpMpsc.Objects;

/// <summary>A message format for objects, such as MemoryPack, MessagePack or JSON.</summary>
/// <remarks>The members are called from several threads at the same time.</remarks>
/// <typeparam name="T">The type of the messages.</typeparam>
public interface IObjectSerializer<T>
{
    /// <summary>What is stored in the channel. A program that opens the channel with another format is refused.</summary>
    ByteFormat Format { get; }

    /// <summary>
    /// Whether <see cref="Deserialize"/> stays memory-safe if another process changes the payload while it reads. If so, it
    /// reads in the ring; if not, it gets a copy. Throwing and returning a wrong value are safe.
    /// </summary>
    bool ToleratesChanges => false;

    /// <summary>Writes a message. The destination may be a claim in the ring: other senders' messages wait for it meanwhile.</summary>
    /// <param name="value">The message.</param>
    /// <param name="destination">Takes any number of bytes, up to the largest message of the channel.</param>
    void Serialize(in T value, IBufferWriter<byte> destination);

    /// <summary>Reads a message.</summary>
    /// <param name="payload">The whole message. It is invalid after the call, so the result must not refer to it.</param>
    /// <exception cref="Exception">Any exception means that the payload is not a message.</exception>
    T Deserialize(ReadOnlySpan<byte> payload);
}
