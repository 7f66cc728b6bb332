namespace IpMpsc.Dropping;

/// <summary>Reads the key of a message from its payload in the ring.</summary>
internal delegate TKey PayloadKey<out TKey>(ReadOnlySpan<byte> payload, ushort version);
