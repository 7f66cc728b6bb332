using System.ComponentModel;
using IpMpsc.Wire;

namespace IpMpsc.Codecs;

/// <summary>
/// A message within another one that is a payload of its own, with the version of its sender as the last two bytes.
/// Used by generated code.
/// </summary>
/// <typeparam name="T">The message.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct MessageCodec<T> : ICodec<T, WireRange> where T : struct, IChannelMessage<T>
{
    /// <inheritdoc />
    public static bool IsFixed => false;

    /// <inheritdoc />
    public static void Measure(ref WireLength length, in T value, string field) =>
        length.AddMessage(T.Measure(in value), T.PayloadAlignment);

    /// <inheritdoc />
    public static void Write(ref WireWriter writer, in T value, ref WireRange slot)
    {
        slot = writer.Message(T.Measure(in value), T.PayloadAlignment, T.SchemaVersion);
        T.Write(in value, writer.ReservedMessage(slot));
    }

    /// <inheritdoc />
    public static T Read(ref WireScan scan, WireRange slot, string field)
    {
        if (!WireReader.HasValue(slot))
        {
            return T.Read(WireReader.Absent<T>.Payload, T.SchemaVersion);
        }

        ReadOnlySpan<byte> payload = scan.Take<byte>(slot, T.PayloadAlignment, field);
        ushort version = WireReader.VersionOf(ref payload, field);
        return T.Read(payload, version);
    }
}
