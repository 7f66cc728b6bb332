using System.Globalization;
using IpMpsc.Judging;
using IpMpsc.Tool.Diagnosis;
using IpMpsc.Tool.Output;
using Spectre.Console;

namespace IpMpsc.Tool.Watching;

/// <summary>The table of <c>ipmpsc top</c>. Each channel has one line: a narrow table has fewer columns, and shortens names and states.</summary>
internal static class TopTable
{
    /// <summary>Widths of a terminal below which some columns are left out, so that each channel keeps one line.</summary>
    private const int WidthForParticipants = 145;
    private const int WidthForBytes = 120;
    private const int WidthForRates = 90;

    /// <summary>Nothing that is shortened has fewer letters than this.</summary>
    private const int ShortestText = 12;

    /// <param name="channels">The channels to show.</param>
    /// <param name="width">Columns of the terminal.</param>
    /// <param name="selected">Which of the channels is marked; none by default.</param>
    public static Table Of(IReadOnlyList<(WatchedChannel Watched, ChannelSample Sample)> channels, int width, int selected = -1)
    {
        bool showsHeld = channels.Any(static channel => channel.Sample.Channel.HeldMessages > 0);
        List<TopColumn> columns = [.. Columns(width, showsHeld)];
        string[][] cells = [.. channels.Select(channel => columns.Select(column => column.Text(channel.Watched, channel.Sample)).ToArray())];
        Fit(columns, cells, width);
        Table table = Terminal.NewTable(columns.Select(static column => column.Title));
        table.Title = new TableTitle(string.Create(CultureInfo.InvariantCulture, $"ipmpsc top   {DateTime.Now:HH:mm:ss}   {Count(channels.Count)}   q to quit"));
        for (int row = 0; row < cells.Length; row++)
        {
            ChannelSample sample = channels[row].Sample;
            table.AddRow(columns.Select((column, index) => Style(Markup.Escape(cells[row][index]), column.Style(sample), row == selected && index == 0)).ToArray());
        }

        return table;
    }

    /// <summary>How many channels, in words.</summary>
    public static string Count(int channels) => channels == 1 ? "1 channel" : string.Create(CultureInfo.InvariantCulture, $"{channels:N0} channels");

    private static string Style(string text, string style, bool isSelected)
    {
        string all = isSelected ? $"{style} invert".TrimStart() : style;
        return all.Length == 0 ? text : $"[{all}]{text}[/]";
    }

    private static IEnumerable<TopColumn> Columns(int width, bool showsHeld)
    {
        int bars = width >= WidthForBytes ? WatchedChannel.History : WatchedChannel.History / 2;
        yield return new("CHANNEL", static (_, sample) => Terminal.Clean(sample.Channel.Name), static _ => "bold", CanBeShortened: true);
        yield return new(">MSGS/S", static (_, sample) => Format.Count(sample.MessagesPerSecond));
        if (width >= WidthForBytes)
        {
            yield return new(">IN/S", static (_, sample) => Format.Bytes(sample.BytesInPerSecond));
            yield return new(">OUT/S", static (_, sample) => Format.Bytes(sample.BytesOutPerSecond));
        }

        if (width >= WidthForRates)
        {
            yield return new("RATE", (watched, _) => watched.Rates.Draw(bars), static _ => "green");
        }

        yield return new(">USED", static (_, sample) => Format.Percent(sample.Channel.BytesUsed, sample.Channel.Capacity));
        if (showsHeld)
        {
            yield return new(">HELD", static (_, sample) => sample.Channel.HeldBytes == 0 ? "" : Format.Percent(sample.Channel.HeldBytes, sample.Channel.Capacity));
        }

        yield return new("DEPTH", (watched, sample) => watched.Depths.Draw(bars, sample.Channel.Capacity), static _ => "blue");
        if (width >= WidthForParticipants)
        {
            yield return new(">SENDERS", static (_, sample) => string.Create(CultureInfo.InvariantCulture, $"{SenderProcesses.Count(sample.Channel)}"));
            yield return new("RECEIVER", static (_, sample) => sample.Channel.IsReceiverAttached ? $"{sample.Channel.Receiver?.ProcessId}" : "none");
        }

        yield return new("STATE", static (_, sample) => State(sample), Colour, CanBeShortened: true);
    }

    /// <summary>Shortens what may be shortened, the longest first, until each row fits.</summary>
    private static void Fit(List<TopColumn> columns, string[][] cells, int width)
    {
        int[] widths = [.. columns.Select((column, index) => cells.Select(row => row[index].Length).Append(column.Title.TrimStart('>').Length).Max())];
        int excess = widths.Sum() + (3 * columns.Count) + 1 - width;
        while (excess > 0
            && Enumerable.Range(0, columns.Count).Where(index => columns[index].CanBeShortened && widths[index] > ShortestText).ToArray() is { Length: > 0 } shortable)
        {
            widths[shortable.MaxBy(index => widths[index])]--;
            excess--;
        }

        foreach (string[] row in cells)
        {
            for (int index = 0; index < row.Length; index++)
            {
                row[index] = columns[index].CanBeShortened ? Shorten(row[index], widths[index]) : row[index];
            }
        }
    }

    /// <summary>Keeps both ends: names often differ in the last letters, and a state ends with the number of other verdicts.</summary>
    private static string Shorten(string text, int length)
    {
        int end = (length - 1) / 3;
        return text.Length <= length ? text : $"{text[..(length - 1 - end)]}…{text[^end..]}";
    }

    /// <summary>The worst verdict and how many others there are; what the receiver finds next if nothing is wrong.</summary>
    private static string State(ChannelSample sample)
    {
        ChannelVerdict[] verdicts = [.. Wrong(sample)];
        return verdicts is [var worst, .. var others] ? $"{worst.Brief}{(others.Length == 0 ? "" : $" +{others.Length}")}" : HeadInWords.Brief(sample.Channel);
    }

    private static string Colour(ChannelSample sample) => Wrong(sample).FirstOrDefault() is { } worst
        ? VerdictColour.Of(worst.Severity)
        : sample.Channel.Head is HeadState.Empty or HeadState.Ready ? "green" : "yellow";

    private static IEnumerable<ChannelVerdict> Wrong(ChannelSample sample) => sample.Verdicts.Where(static verdict => verdict.Severity != VerdictSeverity.Good);
}
