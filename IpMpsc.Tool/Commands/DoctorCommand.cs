using System.CommandLine;
using IpMpsc.Tool.CommandLine;
using IpMpsc.Tool.Diagnosis;
using IpMpsc.Tool.Output;
using Spectre.Console;

namespace IpMpsc.Tool.Commands;

/// <summary><c>ipmpsc doctor</c>: what the system offers, and what is wrong.</summary>
internal sealed class DoctorCommand : ToolCommand
{
    private readonly Option<bool> _clean = new("--clean") { Description = "Remove leftovers of killed processes that nobody can use." };

    private readonly Argument<string?> _directory = new("DIRECTORY")
    {
        Description = "A directory that several users share, such as /run/ipmpsc; without it, your runtime directory.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    public DoctorCommand() : base(
        "doctor", "Check what this system offers to channels: wake-ups, limits, permissions, leftovers.", "ipmpsc doctor")
    {
        Arguments.Add(_directory);
        Options.Add(_clean);
    }

    protected override ExitCode Run(ParseResult arguments, Terminal terminal, CancellationToken cancellation)
    {
        (string? directory, Finding[] directoryFindings) = arguments.GetValue(_directory) is { } shared
            ? ChannelChecks.SharedDirectory(Path.GetFullPath(shared))
            : ChannelChecks.RuntimeDirectory();
        List<Finding> findings = [.. SystemChecks.Run(directory), .. directoryFindings];
        if (directory is not null)
        {
            findings.AddRange(ChannelChecks.Leftovers(directory, arguments.GetValue(_clean)));
            findings.AddRange(ChannelChecks.Channels(directory));
            findings.Add(SystemChecks.TryChannel(directory));
        }

        bool isWell = findings.All(static finding => finding.Verdict != VerdictSeverity.Problem);
        if (terminal.IsJson)
        {
            Terminal.Json(new { well = isWell, findings });
        }
        else
        {
            Write(terminal, findings);
        }

        return isWell ? ExitCode.Success : ExitCode.Failed;
    }

    private static void Write(Terminal terminal, List<Finding> findings)
    {
        Grid grid = new();
        grid.AddColumn(new GridColumn().NoWrap());
        grid.AddColumn(new GridColumn().NoWrap());
        grid.AddColumn();
        foreach (Finding finding in findings)
        {
            grid.AddRow(
                finding.Verdict switch
                {
                    VerdictSeverity.Good => "[green]ok[/]",
                    VerdictSeverity.Warning => "[yellow]note[/]",
                    _ => "[red]PROBLEM[/]",
                },
                finding.Subject,
                Terminal.Plain(finding.Text));
        }

        terminal.Screen.Write(grid);
    }
}
