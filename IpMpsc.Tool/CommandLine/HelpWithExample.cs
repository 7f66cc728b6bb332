using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace IpMpsc.Tool.CommandLine;

/// <summary>The usual help, followed by an example of the command.</summary>
internal sealed class HelpWithExample(HelpAction help) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        int code = help.Invoke(parseResult);
        string example = parseResult.CommandResult.Command is ToolCommand command ? command.Example : "ipmpsc list";
        parseResult.InvocationConfiguration.Output.WriteLine($"Example:\n  {example}\n");
        return code;
    }
}
