namespace IpMpsc.Tool.Captures;

/// <summary>What the beginning of a capture says.</summary>
/// <param name="Started">When the recording began, to the microsecond: the same in all parts of it.</param>
/// <param name="Part">Which part of a recording in several files it is, from 1; 0 for a recording in one file.</param>
/// <param name="Channels">The channels that were recorded.</param>
internal sealed record CaptureHeader(DateTimeOffset Started, int Part, IReadOnlyList<CapturedChannel> Channels);
