namespace IpMpsc.Tool.Captures;

/// <summary>One captured message.</summary>
/// <param name="Time">When it was read, since the recording began.</param>
/// <param name="Channel">The index of its channel in the header.</param>
/// <param name="Missed">Messages of that channel before it that a tap could not read.</param>
/// <param name="Position">Its position in its channel.</param>
/// <param name="MessageId">The id of its type.</param>
/// <param name="SchemaVersion">The version of its type.</param>
/// <param name="Trace">What its sender sent along, if it did.</param>
/// <param name="Payload">Its bytes, valid until the next one is read.</param>
internal readonly record struct CaptureRecord(
    TimeSpan Time,
    int Channel,
    uint Missed,
    long Position,
    ushort MessageId,
    ushort SchemaVersion,
    CapturedTrace? Trace,
    ReadOnlyMemory<byte> Payload);
