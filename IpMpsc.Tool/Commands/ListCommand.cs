using System.CommandLine;
using IpMpsc.Tool.CommandLine;
using IpMpsc.Tool.Output;
using IpMpsc.Tool.Reports;
using Spectre.Console;

namespace IpMpsc.Tool.Commands;

/// <summary><c>ipmpsc list</c>: the channels of this user.</summary>
internal sealed class ListCommand() : ToolCommand(
    "list", "List the channels in your runtime directory.", "ipmpsc list")
{
    protected override ExitCode Run(ParseResult arguments, Terminal terminal, CancellationToken cancellation)
    {
        List<ChannelInfo> channels = [];
        List<(string Name, string Problem)> damaged = [];
        string directory = IpcChannel.RuntimeDirectory;
        foreach (string name in ChannelName.NamesIn(directory))
        {
            try
            {
                channels.Add(IpcChannel.Inspect(Path.Join(directory, name)));
            }
            catch (ChannelNotFoundException)
            {
                // Gone since the directory was read.
            }
            catch (ChannelException error)
            {
                damaged.Add((name, error.Message));
            }
        }

        if (terminal.IsJson)
        {
            Terminal.Json(new
            {
                directory,
                channels = channels.Select(ChannelReport.Of).ToArray(),
                damaged = damaged.Select(file => new { name = file.Name, problem = file.Problem }).ToArray(),
            });
            return ExitCode.Success;
        }

        Write(terminal, directory, channels, damaged);
        return ExitCode.Success;
    }

    private static void Write(
        Terminal terminal, string directory, List<ChannelInfo> channels, List<(string Name, string Problem)> damaged)
    {
        if (channels.Count + damaged.Count == 0)
        {
            terminal.Line($"There are no channels in {Terminal.Plain(directory)}.");
            return;
        }

        Table table = Terminal.NewTable("NAME", ">CAPACITY", ">USED", ">SENDERS", "RECEIVER", "SCHEMA", ">AGE");
        foreach (ChannelInfo channel in channels)
        {
            table.AddRow(
                $"[bold]{Terminal.Plain(channel.Name)}[/]",
                Format.Bytes(channel.Capacity),
                Format.Percent(channel.BytesUsed, channel.Capacity),
                $"{SenderProcesses.Count(channel)}",
                channel.IsReceiverAttached ? Terminal.Plain($"{channel.Receiver?.ProcessId} {channel.Receiver?.Name}") : "[grey]none[/]",
                Terminal.Plain(ReadableSchema.Brief(channel.Schema)),
                Format.Since(channel.Created));
        }

        foreach ((string name, _) in damaged)
        {
            string shown = Terminal.Plain(name);
            table.AddRow($"[bold]{shown}[/]", "", "", "", "", $"[red]cannot be opened: ipmpsc inspect {shown}[/]", "");
        }

        terminal.Screen.Write(table);
    }
}
