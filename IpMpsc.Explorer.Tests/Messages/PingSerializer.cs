using System.Buffers;
using System.Buffers.Binary;
using IpMpsc;
using IpMpsc.Objects;

namespace Exploring.Messages;

/// <summary>Pings as objects of a foreign format.</summary>
internal sealed class PingSerializer : IObjectSerializer<Ping>
{
    public ByteFormat Format { get; } = new("exploring", "ping");

    public void Serialize(in Ping value, IBufferWriter<byte> destination)
    {
        Span<byte> span = destination.GetSpan(2 * sizeof(int));
        BinaryPrimitives.WriteInt32LittleEndian(span, value.Sender);
        BinaryPrimitives.WriteInt32LittleEndian(span[sizeof(int)..], value.Number);
        destination.Advance(2 * sizeof(int));
    }

    public Ping Deserialize(ReadOnlySpan<byte> payload) => new()
    {
        Sender = BinaryPrimitives.ReadInt32LittleEndian(payload),
        Number = BinaryPrimitives.ReadInt32LittleEndian(payload[sizeof(int)..]),
    };
}
