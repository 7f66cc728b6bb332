namespace IpMpsc.Tool.Watching;

/// <summary>Puts channels in the order that <c>ipmpsc top</c> shows; among equals they keep the order of their names.</summary>
internal static class TopSort
{
    public static IReadOnlyList<(WatchedChannel Watched, ChannelSample Sample)> By(
        TopOrder order, IReadOnlyList<(WatchedChannel Watched, ChannelSample Sample)> channels) => order switch
    {
        TopOrder.State =>
        [
            .. channels
                .OrderByDescending(static item => item.Sample.Verdicts is [var worst, ..] ? worst.Severity : VerdictSeverity.Good)
                .ThenByDescending(static item => Used(item.Sample)),
        ],
        TopOrder.Used => [.. channels.OrderByDescending(static item => Used(item.Sample))],
        TopOrder.Rate => [.. channels.OrderByDescending(static item => item.Sample.MessagesPerSecond)],
        _ => channels,
    };

    private static double Used(ChannelSample sample) => (double)sample.Channel.BytesUsed / sample.Channel.Capacity;
}
