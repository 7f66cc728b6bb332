using System.CommandLine;
using IpMpsc.Tool.CommandLine;
using IpMpsc.Tool.Headers;
using IpMpsc.Tool.Output;

namespace IpMpsc.Tool.Commands;

/// <summary><c>ipmpsc header</c>: the messages of a channel or an assembly in C or Python.</summary>
internal sealed class HeaderCommand : ToolCommand
{
    private readonly Argument<string> _source = ChannelName.Argument("The channel, or the assembly (.dll) that declares the messages");
    private readonly Option<bool> _c = new("--c") { Description = "Write a C header: structs, views and writers. It needs nothing else." };
    private readonly Option<bool> _python = new("--python") { Description = "Write a Python module: a dataclass for each message. It needs the package 'ipmpsc'." };
    private readonly Option<string[]> _messages = new("--message")
    {
        Description = "For an assembly: the full name of a message to print; the default is all messages. Can be repeated.",
        HelpName = "NAME",
    };

    public HeaderCommand() : base(
        "header",
        "Print the messages of a channel, or of an assembly, as a C header or a Python module.",
        "ipmpsc header quotes --c")
    {
        Arguments.Add(_source);
        Options.Add(_c);
        Options.Add(_python);
        Options.Add(_messages);
        Validators.Add(result =>
        {
            if (result.GetValue(_c) == result.GetValue(_python))
            {
                result.AddError("Choose a language: --c or --python.");
            }
        });
    }

    protected override ExitCode Run(ParseResult arguments, Terminal terminal, CancellationToken cancellation)
    {
        SchemaSource source = SchemaSource.Read(arguments.GetRequiredValue(_source), arguments.GetValue(_messages) ?? []);
        bool isC = arguments.GetValue(_c);
        string text = isC ? CHeader.Of(source) : PythonModule.Of(source);
        if (terminal.IsJson)
        {
            Terminal.Json(new { language = isC ? "c" : "python", messages = source.Schema.Messages.Select(message => message.Name), text });
        }
        else
        {
            Console.Out.Write(text);
        }

        return ExitCode.Success;
    }
}
