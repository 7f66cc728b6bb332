using System.Globalization;
using IpMpsc.Tool.Diagnosis;
using IpMpsc.Tool.Output;
using IpMpsc.Tool.Reports;
using Spectre.Console;

namespace IpMpsc.Tool.Watching;

/// <summary>The table of <c>ipmpsc top</c>.</summary>
internal static class TopTable
{
    /// <summary>Widths of a terminal below which some columns are left out, so that each channel keeps one line.</summary>
    private const int WidthForParticipants = 145;
    private const int WidthForBytes = 120;
    private const int WidthForRates = 90;

    public static Table Of(IReadOnlyList<(WatchedChannel Watched, ChannelSample Sample)> channels, int width)
    {
        bool showsBytes = width >= WidthForBytes;
        bool showsRates = width >= WidthForRates;
        int bars = showsBytes ? WatchedChannel.History : WatchedChannel.History / 2;
        bool showsParticipants = width >= WidthForParticipants;
        bool showsHeld = channels.Any(channel => channel.Sample.Channel.HeldMessages > 0);
        Table table = Terminal.NewTable(Columns(
            "CHANNEL", ">MSGS/S", ">IN/S", ">OUT/S", "RATE", ">USED", ">HELD", "DEPTH", ">SENDERS", "RECEIVER", "STATE"));
        string count = channels.Count == 1 ? "1 channel" : $"{channels.Count} channels";
        table.Title = new TableTitle(string.Create(
            CultureInfo.InvariantCulture, $"ipmpsc top   {DateTime.Now:HH:mm:ss}   {count}   q to quit"));
        foreach ((WatchedChannel watched, ChannelSample sample) in channels)
        {
            ChannelInfo channel = sample.Channel;
            table.AddRow(Columns(
                $"[bold]{Terminal.Plain(channel.Name)}[/]",
                Format.Count(sample.MessagesPerSecond),
                Format.Bytes(sample.BytesInPerSecond),
                Format.Bytes(sample.BytesOutPerSecond),
                $"[green]{watched.Rates.Draw(bars)}[/]",
                Format.Percent(channel.BytesUsed, channel.Capacity),
                channel.HeldBytes == 0 ? "" : Format.Percent(channel.HeldBytes, channel.Capacity),
                $"[blue]{watched.Depths.Draw(bars, channel.Capacity)}[/]",
                $"{SenderProcesses.Count(channel)}",
                channel.IsReceiverAttached ? $"{channel.Receiver?.ProcessId}" : "[grey]none[/]",
                State(sample)));
        }

        return table;

        string[] Columns(
            string name, string messages, string bytesIn, string bytesOut, string rate, string used, string held, string depth,
            string senders, string receiver, string state)
        {
            string[] bytes = showsBytes ? [bytesIn, bytesOut] : [];
            string[] rates = showsRates ? [rate] : [];
            string[] participants = showsParticipants ? [senders, receiver] : [];
            string[] holding = showsHeld ? [held] : [];
            return [name, messages, .. bytes, .. rates, used, .. holding, depth, .. participants, state];
        }
    }

    /// <summary>The worst verdict and how many others there are; what the receiver finds next if nothing is wrong.</summary>
    private static string State(ChannelSample sample)
    {
        ChannelVerdict[] verdicts = [.. sample.Verdicts.Where(static verdict => verdict.Severity != Verdict.Good)];
        if (verdicts is [var worst, .. var others])
        {
            string more = others.Length == 0 ? "" : $" +{others.Length}";
            return $"[{ChannelVerdict.ColourOf(worst.Severity)}]{Terminal.Plain(worst.Brief)}[/]{more}";
        }

        string colour = sample.Channel.Head is HeadState.Empty or HeadState.Ready ? "green" : "yellow";
        return $"[{colour}]{Terminal.Plain(HeadInWords.Brief(sample.Channel))}[/]";
    }
}
