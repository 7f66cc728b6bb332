using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using IpMpsc;
using IpMpsc.Objects;

/// <summary>Messages in JSON, without reflection. This is all that a serializer of your own needs.</summary>
internal sealed class JsonFormat<T>(JsonTypeInfo<T> type) : IObjectSerializer<T>
{
    public ByteFormat Format { get; } = new("Json", typeof(T).FullName!);

    public void Serialize(in T value, IBufferWriter<byte> destination)
    {
        using Utf8JsonWriter writer = new(destination);
        JsonSerializer.Serialize(writer, value, type);
    }

    public T Deserialize(ReadOnlySpan<byte> payload) =>
        JsonSerializer.Deserialize(payload, type) ?? throw new JsonException("The message is null.");
}
