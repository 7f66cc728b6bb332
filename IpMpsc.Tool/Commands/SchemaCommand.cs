using System.CommandLine;
using IpMpsc.Tool.CommandLine;
using IpMpsc.Tool.Headers;
using IpMpsc.Tool.Output;

namespace IpMpsc.Tool.Commands;

/// <summary><c>ipmpsc schema</c>: the messages of a channel, as text, C# or JSON.</summary>
internal sealed class SchemaCommand : ToolCommand
{
    private readonly Argument<string> _source = ChannelName.Argument("The channel, or the assembly (.dll) that declares the messages");
    private readonly Option<bool> _csharp = new("--csharp") { Description = "Print C# that declares the messages: a program compiled with it can open the channel." };

    public SchemaCommand() : base("schema", "Print the messages of a channel: its schema, or C# that declares them.", "ipmpsc schema quotes --csharp")
    {
        Arguments.Add(_source);
        Options.Add(_csharp);
        Validators.Add(result =>
        {
            if (result.GetValue(_csharp) && result.GetValue(Json))
            {
                result.AddError("Choose one of --csharp and --json.");
            }
        });
    }

    protected override ExitCode Run(ParseResult arguments, Terminal terminal, CancellationToken cancellation)
    {
        SchemaSource source = SchemaSource.Read(arguments.GetRequiredValue(_source), []);
        if (terminal.IsJson)
        {
            Terminal.Json(SchemaJson.Of(source));
        }
        else
        {
            Console.Out.Write(arguments.GetValue(_csharp) ? CSharpSource.Of(source) : source.Text);
        }

        return ExitCode.Success;
    }
}
