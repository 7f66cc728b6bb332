using System.CommandLine;
using IpMpsc.Tool.CommandLine;
using IpMpsc.Tool.Filters;
using IpMpsc.Tool.Messages;
using IpMpsc.Tool.Output;
using IpMpsc.Tool.Printing;

namespace IpMpsc.Tool.Commands.Traffic;

/// <summary>How messages are shown, and for commands that take none away also which ones.</summary>
internal sealed class ShowOptions
{
    private readonly Option<bool> _hex = new("--hex") { Description = "Print the bytes as a hexadecimal dump." };

    private readonly Option<string?> _format = new("--format")
    {
        Description = "Print each message as this text says, with fields in braces: '{Instrument} {Bid:0.00}'.",
        HelpName = "TEMPLATE",
    };

    private readonly Option<bool> _time = new("--time") { Description = "Print when each message was read, and in parentheses how long ago it was sent, if its sender says so." };
    private readonly bool _hasTime;
    private readonly FilterOptions? _filter;

    /// <param name="command">The command that gets the options.</param>
    /// <param name="hasTime">Whether it reads messages as they come, so that the time means something.</param>
    /// <param name="filter">The options that choose messages; null where all are shown.</param>
    public ShowOptions(Command command, bool hasTime, FilterOptions? filter)
    {
        (_hasTime, _filter) = (hasTime, filter);
        command.Options.Add(_hex);
        command.Options.Add(_format);
        if (hasTime)
        {
            command.Options.Add(_time);
        }

        command.Validators.Add(result =>
        {
            bool isFormatted = result.GetValue(_format) is not null;
            if (isFormatted && (result.GetValue(_hex) || result.GetValue(ToolCommand.Json) || result.GetValue(_time)))
            {
                result.AddError("--format excludes --hex, --json and --time. In the template, {@message} is the message as JSON and {@time} the time.");
            }
        });
    }

    /// <summary>Makes what writes the messages.</summary>
    /// <param name="arguments">The command line.</param>
    /// <param name="terminal">Whether it is JSON.</param>
    /// <param name="decoders">The channels that the messages come from.</param>
    /// <exception cref="ToolException">A filter or a template is wrong.</exception>
    public MessagePrinter Printer(ParseResult arguments, Terminal terminal, params IReadOnlyCollection<MessageDecoder> decoders)
    {
        MessageFilter filter = _filter?.Of(arguments, decoders) ?? new MessageFilter([], null, decoders);
        MessageStyle style = arguments.GetValue(_hex) ? MessageStyle.Hex : terminal.IsJson ? MessageStyle.Json : MessageStyle.Text;
        return new MessagePrinter(filter, arguments.GetValue(_format) is { } template
            ? new TemplateWriter(template, decoders, filter)
            : new MessageWriter(style, decoders.Count > 1, _hasTime && arguments.GetValue(_time)));
    }
}
