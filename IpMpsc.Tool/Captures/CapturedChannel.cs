namespace IpMpsc.Tool.Captures;

/// <summary>What a capture says about one of its channels.</summary>
/// <param name="Name">Name of the channel.</param>
/// <param name="Id">Its random id.</param>
/// <param name="Capacity">Its capacity in bytes.</param>
/// <param name="Schema">Its schema; empty for raw bytes.</param>
internal sealed record CapturedChannel(string Name, Guid Id, long Capacity, string Schema)
{
    public static CapturedChannel Of(ChannelInfo channel) => new(channel.Name, channel.Id, channel.Capacity, channel.Schema);
}
