using System.CommandLine;
using IpMpsc.Tool.Filters;
using IpMpsc.Tool.Messages;

namespace IpMpsc.Tool.Commands.Traffic;

/// <summary>The options that choose messages.</summary>
internal sealed class FilterOptions
{
    private readonly Option<string[]> _types = new("--type")
    {
        Description = "Only messages of this type: its full name or the last part of it. Can be repeated.",
        HelpName = "TYPE",
    };

    private readonly Option<string?> _where = new("--where")
    {
        Description = "Only messages that match this condition: 'Bid > 100 and Venue == \"London\"'. docs/tool.md has the language.",
        HelpName = "CONDITION",
    };

    public FilterOptions(Command command)
    {
        command.Options.Add(_types);
        command.Options.Add(_where);
    }

    /// <summary>Whether anything is chosen.</summary>
    public bool IsUsed(ParseResult arguments) => arguments.GetValue(_types) is { Length: > 0 } || arguments.GetValue(_where) is not null;

    public MessageFilter Of(ParseResult arguments, IReadOnlyCollection<MessageDecoder> decoders) =>
        new(arguments.GetValue(_types) ?? [], arguments.GetValue(_where), decoders);
}
