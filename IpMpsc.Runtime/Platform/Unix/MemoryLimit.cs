namespace IpMpsc.Platform.Unix;

/// <summary>A limit on the memory of this process and those that share the limit with it.</summary>
/// <param name="Available">Bytes that can still be allocated before the system kills a process.</param>
/// <param name="Limit">The limit in bytes.</param>
/// <param name="Group">The control group that has the limit.</param>
internal readonly record struct MemoryLimit(long Available, long Limit, string Group);
