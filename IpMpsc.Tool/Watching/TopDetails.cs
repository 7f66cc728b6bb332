using System.Globalization;
using IpMpsc.Judging;
using IpMpsc.Tool.Diagnosis;
using IpMpsc.Tool.Output;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace IpMpsc.Tool.Watching;

/// <summary>One channel of <c>ipmpsc top</c> in detail.</summary>
internal static class TopDetails
{
    public static IRenderable Of(WatchedChannel watched, ChannelSample sample, int width, int height)
    {
        ChannelInfo channel = sample.Channel;
        List<(string Style, string Text)> lines = [("bold", $"{Terminal.Clean(channel.Name)}   {DateTime.Now:HH:mm:ss}   Enter or Esc for all channels, q to quit"), ("", "")];
        foreach (ChannelVerdict verdict in sample.Verdicts)
        {
            lines.Add((VerdictColour.Of(verdict.Severity), verdict.Text));
        }

        if (sample.Verdicts.Count == 0)
        {
            lines.Add(("green", "Nothing holds the channel up."));
        }

        lines.AddRange(
        [
            ("", ""),
            ("", HeadInWords.Of(channel)),
            ("", Text($"used       {channel.BytesUsed:N0} of {channel.Capacity:N0} bytes ({Format.Percent(channel.BytesUsed, channel.Capacity)})   {watched.Depths.Draw(WatchedChannel.History, channel.Capacity)}")),
            ("", Text($"received   {Format.Messages(channel.MessagesReceived)}, {Format.Count(sample.MessagesPerSecond)}/s   {watched.Rates.Draw(WatchedChannel.History)}")),
            ("", Text($"bytes      {Format.Bytes(sample.BytesInPerSecond)}/s in, {Format.Bytes(sample.BytesOutPerSecond)}/s out")),
            ("", Text($"held       {Format.Messages(channel.HeldMessages)}, {channel.HeldBytes:N0} bytes")),
            ("", Text($"dropped    {Format.Messages(channel.DroppedBySenders)} by senders, {Format.Messages(channel.DroppedByReceiver)} by receivers")),
            ("", Text($"senders    {SenderProcesses.InWords(channel)}")),
            ("", ""),
        ]);
        foreach (ChannelSenderInfo sender in channel.Senders.OrderByDescending(static sender => sender.IsAttached))
        {
            lines.Add((sender.IsAttached ? "" : "grey", Text(
                $"{sender.Slot,4} {HeadInWords.Name(sender.Participant)}{(sender.IsAttached ? "" : ", gone")}: {Format.Messages(sender.MessagesSent)}, {sender.Waits:N0} waits, {sender.Dropped:N0} dropped")));
        }

        IEnumerable<(string Style, string Text)> wrapped = lines.SelectMany(line => Wrap(line.Text, width).Select(part => (line.Style, part)));
        return new Rows(wrapped.Take(height).Select(static line => new Markup(
            line.Style.Length == 0 ? Markup.Escape(line.Text) : $"[{line.Style}]{Markup.Escape(line.Text)}[/]")));
    }

    /// <summary>Lines of at most that width, broken between words.</summary>
    private static IEnumerable<string> Wrap(string text, int width)
    {
        while (text.Length > width)
        {
            int end = text.LastIndexOf(' ', width) is var space and > 0 ? space : width;
            yield return text[..end];
            text = "    " + text[end..].TrimStart();
        }

        yield return text;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
