namespace IpMpsc.Observing;

/// <summary>A message that was copied out of the ring while it waited there.</summary>
/// <param name="Position">Where it waits.</param>
/// <param name="Description">Length, id and version.</param>
/// <param name="Payload">The copy.</param>
/// <param name="Trailer">The copy of its trailer, if it has one.</param>
internal readonly record struct CopiedRecord(long Position, ulong Description, byte[] Payload, byte[]? Trailer);
