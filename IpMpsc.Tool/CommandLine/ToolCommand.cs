using System.CommandLine;
using IpMpsc.Tool.Output;

namespace IpMpsc.Tool.CommandLine;

/// <summary>One of the tool's commands.</summary>
internal abstract class ToolCommand : Command
{
    protected ToolCommand(string name, string description, string example) : base(name, description)
    {
        Example = example;

        // The commands block; a thread of their own leaves this one free to handle Ctrl-C.
        SetAction((arguments, cancellation) => Task.Run(
            () =>
            {
                Trust.Take(arguments);
                return (int)Run(arguments, new Terminal(arguments.GetValue(Json)), cancellation);
            },
            CancellationToken.None));
    }

    /// <summary>Whether output is for programs; every command has it.</summary>
    public static Option<bool> Json { get; } = new("--json")
    {
        Description = "Print JSON: one document, or one line for each message or snapshot.",
        Recursive = true,
    };

    /// <summary>A command line that <c>--help</c> shows.</summary>
    public string Example { get; }

    protected abstract ExitCode Run(ParseResult arguments, Terminal terminal, CancellationToken cancellation);
}
