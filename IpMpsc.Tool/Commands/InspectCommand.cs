using System.CommandLine;
using IpMpsc.Judging;
using IpMpsc.Tool.CommandLine;
using IpMpsc.Tool.Diagnosis;
using IpMpsc.Tool.Output;
using IpMpsc.Tool.Reports;
using Spectre.Console;

namespace IpMpsc.Tool.Commands;

/// <summary><c>ipmpsc inspect</c>: everything that can be known about a channel without taking part in it.</summary>
internal sealed class InspectCommand : ToolCommand
{
    private readonly Argument<string> _name = ChannelName.Argument();

    public InspectCommand() : base(
        "inspect", "Show a channel: what holds it up, header, schema, receiver and every sender.", "ipmpsc inspect quotes") =>
        Arguments.Add(_name);

    protected override ExitCode Run(ParseResult arguments, Terminal terminal, CancellationToken cancellation)
    {
        string name = arguments.GetRequiredValue(_name);
        ChannelInfo channel;
        IReadOnlyList<ChannelVerdict> verdicts;
        try
        {
            (channel, verdicts) = ChannelName.Find(name, Look);
        }
        catch (ChannelException error) when (error is ChannelMismatchException or ChannelCorruptException)
        {
            ShowHeader(terminal, name);
            throw;
        }

        if (terminal.IsJson)
        {
            Terminal.Json(ChannelReport.Of(channel) with { Verdicts = verdicts });
        }
        else
        {
            Write(terminal, channel, verdicts);
        }

        return channel.Head == HeadState.Corrupt ? ExitCode.Corrupt : ExitCode.Success;
    }

    private static (ChannelInfo Channel, IReadOnlyList<ChannelVerdict> Verdicts) Look(string name)
    {
        using ChannelLook look = new(name);
        ChannelLook.Decide(look);
        return (look.Channel, look.Verdicts);
    }

    private static void Write(Terminal terminal, ChannelInfo channel, IReadOnlyList<ChannelVerdict> verdicts)
    {
        string state = channel.IsRetired ? ", [red]deleted or replaced[/]" : "";
        terminal.Line($"[bold]{Terminal.Plain(channel.Name)}[/]{state}");
        terminal.Line($"  file       {Terminal.Plain(channel.Path)}");
        terminal.Line($"  id         {channel.Id}");
        terminal.Line($"  made       {Format.Time(channel.Created)}, {Format.Since(channel.Created)} ago, by {Words(channel.Creator)}");
        terminal.Line($"  capacity   {channel.Capacity:N0} bytes, {channel.BytesUsed:N0} used ({Format.Percent(channel.BytesUsed, channel.Capacity)})");
        terminal.Line($"  positions  head {channel.HeadPosition:N0}, tail {channel.TailPosition:N0}");
        if (channel.HeldMessages > 0)
        {
            terminal.Line($"  held       {Held(channel)}");
        }

        terminal.Line($"  received   {Format.Messages(channel.MessagesReceived)}, {channel.BytesReceived:N0} bytes");
        if (channel.DroppedBySenders > 0 || channel.DroppedByReceiver > 0)
        {
            terminal.Line($"  dropped    {Format.Messages(channel.DroppedBySenders)} by senders, {Format.Messages(channel.DroppedByReceiver)} by receivers");
        }

        terminal.Line($"  receiver   {Receiver(channel)}");
        terminal.Line();
        terminal.Line("[bold]Verdict[/]");
        foreach (ChannelVerdict verdict in verdicts)
        {
            string colour = VerdictColour.Of(verdict.Severity);
            terminal.Line($"  [{colour}]{colour,-6}[/]  {Terminal.Plain(verdict.Text)}");
        }

        if (verdicts.Count == 0)
        {
            terminal.Line("  [green]green[/]   Nothing holds the channel up.");
        }

        terminal.Line();
        terminal.Line($"[bold]Head[/]\n  {Terminal.Plain(HeadInWords.Of(channel))}");
        terminal.Line();
        terminal.Line($"[bold]Senders[/]   {SenderProcesses.InWords(channel)}");
        if (channel.Senders.Count > 0)
        {
            terminal.Screen.Write(Senders(channel));
        }

        terminal.Line();
        terminal.Line("[bold]Schema[/]");
        foreach (string line in ReadableSchema.Lines(channel.Schema))
        {
            terminal.Line($"  {Terminal.Plain(line)}");
        }
    }

    private static string Receiver(ChannelInfo channel) => channel.Receiver is not { } receiver
        ? "none yet"
        : $"{Words(receiver)}, {(channel.IsReceiverAttached ? $"[green]alive[/], since {Format.Time(receiver.Joined)}" : "[red]gone[/]")}";

    private static string Held(ChannelInfo channel)
    {
        string what = $"{Format.Messages(channel.HeldMessages)}, {channel.HeldBytes:N0} bytes ({Format.Percent(channel.HeldBytes, channel.Capacity)}), " +
            $"the first for {Format.Since(channel.HeldSince ?? DateTimeOffset.UtcNow)}";
        return channel.IsReceiverAttached ? what : $"{what}; the receiver is gone, and the next one receives them again";
    }

    private static string Words(ChannelParticipant participant) =>
        $"{Terminal.Plain(participant.Name)} (process {participant.ProcessId})";

    private static string Claim(ChannelSenderInfo sender) => sender.ClaimSince is { } since
        ? $"[yellow]{sender.ClaimLength:N0} bytes at {sender.ClaimPosition:N0}, for {Format.Since(since)}[/]"
        : "";

    private static Table Senders(ChannelInfo channel)
    {
        Table table = Terminal.NewTable(">SLOT", ">PID", "NAME", "ALIVE", ">MESSAGES", ">BYTES", ">WAITS", ">DROPPED", "CLAIM IN FLIGHT");
        foreach (ChannelSenderInfo sender in channel.Senders)
        {
            table.AddRow(
                $"{sender.Slot}",
                $"{sender.Participant.ProcessId}",
                Terminal.Plain(sender.Participant.Name),
                sender.IsAttached ? "[green]yes[/]" : "[red]no[/]",
                $"{sender.MessagesSent:N0}",
                $"{sender.BytesSent:N0}",
                $"{sender.Waits:N0}",
                $"{sender.Dropped:N0}",
                Claim(sender));
        }

        return table;
    }

    /// <summary>Shows the header of a file that cannot be opened as a channel.</summary>
    private static void ShowHeader(Terminal terminal, string name)
    {
        if (HeaderReport.TryRead(name) is not { } header)
        {
            return; // Not even a header.
        }

        if (terminal.IsJson)
        {
            Terminal.Json(header);
            return;
        }

        terminal.Line($"[bold]{Terminal.Plain(name)}[/] cannot be opened as a channel. Its header, unchecked:");
        foreach ((string what, object value) in header)
        {
            terminal.Line($"  {what,-14} {Terminal.Plain($"{value}")}");
        }
    }
}
