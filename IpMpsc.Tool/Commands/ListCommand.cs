using System.CommandLine;
using IpMpsc.Judging;
using IpMpsc.Tool.CommandLine;
using IpMpsc.Tool.Output;
using IpMpsc.Tool.Reports;
using Spectre.Console;

namespace IpMpsc.Tool.Commands;

/// <summary><c>ipmpsc list</c>: the channels of this user, of some directories, or of everybody.</summary>
internal sealed class ListCommand : ToolCommand
{
    private readonly Argument<string[]> _directories = new("DIRECTORIES")
    {
        Description = "Directories to look into, such as one that a group shares; without any, your runtime directory.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<bool> _all = new("--all")
    {
        Description = "Look into the runtime directories of all users and into /run/ipmpsc, as far as you may read them, and trust each owner.",
    };

    public ListCommand() : base("list", "List the channels in your runtime directory, or elsewhere.", "ipmpsc list")
    {
        Arguments.Add(_directories);
        Options.Add(_all);
    }

    protected override ExitCode Run(ParseResult arguments, Terminal terminal, CancellationToken cancellation)
    {
        string[] words = arguments.GetValue(_directories) ?? [];
        if (words.FirstOrDefault(static word => !Directory.Exists(word)) is { } wrong)
        {
            throw new ToolException(ExitCode.Usage, $"'{wrong}' is not a directory. 'list' names directories; 'ipmpsc inspect NAME' shows a channel.");
        }

        string[] named = [.. words.Select(Path.GetFullPath)];
        bool isAll = arguments.GetValue(_all);
        IEnumerable<string> paths = named.Length == 0 && !isAll ? [IpcChannel.RuntimeDirectory]
            : isAll ? named.Concat(ChannelPlaces.OfSystem.Find()).Append(IpcChannel.RuntimeDirectory).Distinct(StringComparer.Ordinal)
            : named;
        ListedDirectory[] directories = [.. paths.Select(path => ListedDirectory.Read(path, isAll))];
        bool isOwn = named.Length == 0 && !isAll;
        if (named.Length > 0 && directories.FirstOrDefault(directory => directory.Problem is not null) is { } unreadable)
        {
            throw new ToolException(ExitCode.NotAllowed, $"'{unreadable.Path}' cannot be read: {unreadable.Problem}");
        }

        if (terminal.IsJson)
        {
            Terminal.Json(isOwn ? Report(directories[0]) : new { directories = directories.Select(Report).ToArray() });
        }
        else
        {
            Write(terminal, directories, isOwn);
        }

        return ExitCode.Success;
    }

    private static object Report(ListedDirectory directory) => new
    {
        directory = directory.Path,
        channels = directory.Channels.Select(static listed => ChannelReport.Of(listed.Channel) with
        {
            Owner = listed.Ownership?.Owner,
            Group = listed.Ownership?.Group,
            Mode = listed.Ownership?.Mode,
        }).ToArray(),
        damaged = directory.Damaged.Select(static file => new { name = file.Name, problem = file.Problem }).ToArray(),
        problem = directory.Problem,
    };

    private static void Write(Terminal terminal, IReadOnlyList<ListedDirectory> directories, bool isOwn)
    {
        if (directories.All(static directory => directory.Channels.Count + directory.Damaged.Count == 0))
        {
            terminal.Line($"There are no channels in {Terminal.Plain(string.Join(", ", directories.Select(static directory => directory.Path)))}.");
        }
        else
        {
            terminal.Screen.Write(isOwn ? OwnChannels(directories[0]) : ChannelsOfAll(directories));
        }

        foreach (ListedDirectory directory in directories.Where(static directory => directory.Problem is not null))
        {
            terminal.Line($"[grey]{Terminal.Plain($"{directory.Path}: {directory.Problem}")}[/]");
        }
    }

    private static Table OwnChannels(ListedDirectory directory)
    {
        Table table = Terminal.NewTable("NAME", ">CAPACITY", ">USED", ">SENDERS", "RECEIVER", "SCHEMA", ">AGE");
        foreach ((ChannelInfo channel, _) in directory.Channels)
        {
            table.AddRow([$"[bold]{Terminal.Plain(channel.Name)}[/]", .. Columns(channel)]);
        }

        foreach ((string name, _) in directory.Damaged)
        {
            string shown = Terminal.Plain(name);
            table.AddRow($"[bold]{shown}[/]", "", "", "", "", $"[red]cannot be opened: ipmpsc inspect {shown}[/]", "");
        }

        return table;
    }

    /// <summary>With paths, and with what tells who may open each.</summary>
    private static Table ChannelsOfAll(IReadOnlyList<ListedDirectory> directories)
    {
        Table table = Terminal.NewTable("PATH", "OWNER", "GROUP", ">MODE", ">CAPACITY", ">USED", ">SENDERS", "RECEIVER", "SCHEMA", ">AGE");
        foreach (ListedDirectory directory in directories)
        {
            foreach ((ChannelInfo channel, FileOwnership? ownership) in directory.Channels)
            {
                table.AddRow(
                [
                    $"[bold]{Terminal.Plain(channel.Path)}[/]",
                    Terminal.Plain(ownership?.Owner ?? ""),
                    Terminal.Plain(ownership?.Group ?? ""),
                    ownership?.Mode ?? "",
                    .. Columns(channel),
                ]);
            }

            foreach ((string name, string problem) in directory.Damaged)
            {
                table.AddRow(
                    $"[bold]{Terminal.Plain(Path.Join(directory.Path, name))}[/]", "", "", "", "", "", "", "", $"[red]{Terminal.Plain(problem)}[/]", "");
            }
        }

        return table;
    }

    private static string[] Columns(ChannelInfo channel) =>
    [
        Format.Bytes(channel.Capacity),
        Format.Percent(channel.BytesUsed, channel.Capacity),
        $"{SenderProcesses.Count(channel)}",
        channel.IsReceiverAttached ? Terminal.Plain($"{channel.Receiver?.ProcessId} {channel.Receiver?.Name}") : "[grey]none[/]",
        Terminal.Plain(ReadableSchema.Brief(channel.Schema)),
        Format.Since(channel.Created),
    ];
}
