using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using IpMpsc.Tool.CommandLine;
using IpMpsc.Tool.Commands;
using IpMpsc.Tool.Commands.Traffic;

namespace IpMpsc.Tool;

/// <summary>The whole command line, and the handling of its failures.</summary>
internal static class ToolRoot
{
    /// <summary>
    /// After Ctrl-C a command finishes what it has begun and deletes what is temporary, which takes a busy machine longer than the
    /// two seconds that System.CommandLine allows by default.
    /// </summary>
    private static readonly TimeSpan s_cleanUpTime = TimeSpan.FromSeconds(30);

    public static async Task<ExitCode> RunAsync(string[] args)
    {
        if (args.Length == 0)
        {
            ShortHelp.Write(Console.Out);
            return ExitCode.Success;
        }

        // A word that begins with @ is a fact about messages in a condition, not a file with arguments.
        ParseResult arguments = Create().Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (arguments.Action is ParseErrorAction)
        {
            return Failures.Report(Explain(arguments), args.Contains(ToolCommand.Json.Name));
        }

        try
        {
            // The default handler would print a stack trace. Without it, exceptions reach the handlers below.
            return (ExitCode)await arguments.InvokeAsync(new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = s_cleanUpTime,
            });
        }
        catch (Exception error)
        {
            return Failures.Report(Failures.Of(error), arguments.GetValue(ToolCommand.Json));
        }
    }

    /// <summary>The commands with all their arguments and options.</summary>
    public static RootCommand Create()
    {
        RootCommand root = new("Shows and manages IpMpsc channels without the programs that use them.")
        {
            ToolCommand.Json,
            Trust.Option,
            new ListCommand(),
            new InspectCommand(),
            new TopCommand(),
            new PeekCommand(),
            new HistoryCommand(),
            new TapCommand(),
            new HzCommand(),
            new BwCommand(),
            new DelayCommand(),
            new ReceiveCommand(),
            new SendCommand(),
            new RecordCommand(),
            new ReplayCommand(),
            new BridgeCommand(),
            new WaitCommand(),
            new RecoverCommand(),
            new DeleteCommand(),
            new DoctorCommand(),
            new ExportCommand(),
            new BenchCommand(),
            new BenchPeerCommand(),
            new HeaderCommand(),
            new SchemaCommand(),
            new CompletionsCommand(),
        };
        HelpOption help = root.Options.OfType<HelpOption>().Single();
        help.Action = new HelpWithExample((HelpAction)help.Action!);
        return root;
    }

    private static ToolException Explain(ParseResult arguments)
    {
        string problem = string.Join(' ', arguments.Errors.Select(error => error.Message));
        string? nearest = arguments.CommandResult.Command is RootCommand root && arguments.UnmatchedTokens is [var word, ..]
            ? OtherNames.Find(word) ?? Nearest.To(word, root.Subcommands.Where(command => !command.Hidden).Select(command => command.Name))
            : null;
        return new ToolException(ExitCode.Usage, $"{problem}{Nearest.Hint(nearest)} Try --help.", ("suggestion", nearest));
    }
}
