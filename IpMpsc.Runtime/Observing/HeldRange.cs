namespace IpMpsc.Observing;

/// <summary>What a receiver holds.</summary>
/// <param name="Messages">How many messages.</param>
/// <param name="Bytes">Bytes from head to the receiver's cursor.</param>
/// <param name="Since">When it took the first one; null if it holds nothing.</param>
internal readonly record struct HeldRange(long Messages, long Bytes, DateTimeOffset? Since);
