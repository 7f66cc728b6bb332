namespace IpMpsc.Tool.Watching;

/// <summary>A column of <c>ipmpsc top</c>.</summary>
/// <param name="Title">Its heading; with a leading <c>&gt;</c> for numbers.</param>
/// <param name="Text">What stands in it for a channel, without markup.</param>
/// <param name="StyleOf">Its style for a channel; null for none.</param>
/// <param name="CanBeShortened">Whether its texts may be shortened on a narrow terminal.</param>
internal sealed record TopColumn(
    string Title, Func<WatchedChannel, ChannelSample, string> Text, Func<ChannelSample, string>? StyleOf = null, bool CanBeShortened = false)
{
    public string Style(ChannelSample sample) => StyleOf?.Invoke(sample) ?? "";
}
