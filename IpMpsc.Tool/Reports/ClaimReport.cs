namespace IpMpsc.Tool.Reports;

/// <summary>A claim that is neither committed nor aborted, for programs.</summary>
/// <param name="Position">Where it begins.</param>
/// <param name="Bytes">Its length in the ring.</param>
/// <param name="Since">When it was first seen in flight.</param>
internal sealed record ClaimReport(long Position, long Bytes, DateTimeOffset Since);
