using System.Globalization;
using IpMpsc.Tool.Output;
using IpMpsc.Tool.Reports;
using Spectre.Console;

namespace IpMpsc.Tool.Watching;

/// <summary>The table of <c>ipmpsc top</c>.</summary>
internal static class TopTable
{
    public static Table Of(IReadOnlyList<(WatchedChannel Watched, ChannelSample Sample)> channels)
    {
        Table table = Terminal.NewTable(
            "CHANNEL", ">MSGS/S", ">IN/S", ">OUT/S", "RATE", ">USED", "DEPTH", ">SENDERS", "RECEIVER", "HEAD");
        table.Title = new TableTitle(string.Create(
            CultureInfo.InvariantCulture, $"ipmpsc top   {DateTime.Now:HH:mm:ss}   {channels.Count} channels   q to quit"));
        foreach ((WatchedChannel watched, ChannelSample sample) in channels)
        {
            ChannelInfo channel = sample.Channel;
            table.AddRow(
                $"[bold]{Terminal.Plain(channel.Name)}[/]",
                Format.Count(sample.MessagesPerSecond),
                Format.Bytes(sample.BytesInPerSecond),
                Format.Bytes(sample.BytesOutPerSecond),
                $"[green]{watched.Rates}[/]",
                Format.Percent(channel.BytesUsed, channel.Capacity),
                $"[blue]{watched.Depths.ToString(channel.Capacity)}[/]",
                $"{channel.Senders.Count(sender => sender.IsAttached)}",
                channel.IsReceiverAttached ? $"{channel.Receiver?.ProcessId}" : "[grey]none[/]",
                channel.Head is HeadState.Empty or HeadState.Ready
                    ? HeadInWords.Brief(channel)
                    : $"[yellow]{Terminal.Plain(HeadInWords.Brief(channel))}[/]");
        }

        return table;
    }
}
