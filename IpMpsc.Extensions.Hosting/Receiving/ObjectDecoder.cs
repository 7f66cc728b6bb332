using IpMpsc.Objects;

namespace IpMpsc.Extensions.Hosting.Receiving;

/// <summary>Makes objects of payloads.</summary>
internal static class ObjectDecoder
{
    /// <summary>The object that a payload is.</summary>
    /// <exception cref="MessageFormatException">The serializer cannot read it.</exception>
    public static T Decode<T>(IObjectSerializer<T> serializer, ReadOnlySpan<byte> payload)
    {
        try
        {
            // The sender's process can still write to the ring. A serializer that cannot cope with that reads a copy.
            return serializer.Deserialize(serializer.ToleratesChanges ? payload : payload.ToArray());
        }
        catch (Exception failure) when (failure is not OutOfMemoryException and not MessageFormatException)
        {
            throw new MessageFormatException($"The message is not {serializer.Format}: {failure.Message}", failure);
        }
    }
}
