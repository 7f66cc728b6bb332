namespace IpMpsc.Tool.Captures;

/// <summary>One captured message.</summary>
/// <param name="Time">When it was received, since the recording began.</param>
/// <param name="Position">Its position in its channel.</param>
/// <param name="MessageId">The id of its type.</param>
/// <param name="SchemaVersion">The version of its type.</param>
/// <param name="Payload">Its bytes, valid until the next one is read.</param>
internal readonly record struct CaptureRecord(
    TimeSpan Time, long Position, ushort MessageId, ushort SchemaVersion, ReadOnlyMemory<byte> Payload);
