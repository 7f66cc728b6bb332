namespace IpMpsc.Tool.Captures;

/// <summary>What a capture says about its channel.</summary>
/// <param name="Started">When the recording began, to the microsecond.</param>
/// <param name="Channel">Name of the channel.</param>
/// <param name="ChannelId">Its random id.</param>
/// <param name="Capacity">Its capacity in bytes.</param>
/// <param name="Schema">Its schema; empty for raw bytes.</param>
internal sealed record CaptureHeader(DateTimeOffset Started, string Channel, Guid ChannelId, long Capacity, string Schema);
