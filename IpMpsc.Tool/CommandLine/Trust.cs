using System.CommandLine;
using System.CommandLine.Parsing;

namespace IpMpsc.Tool.CommandLine;

/// <summary>Whose channels the tool opens: those of its user, and of the owners that <c>--trust</c> names.</summary>
internal static class Trust
{
    /// <summary>Every command has it.</summary>
    public static Option<ChannelOwner[]> Option { get; } = new("--trust")
    {
        Description = "Open channels of these owners, too: Root, User:NAME or MemberOf:GROUP. Can be repeated.",
        HelpName = "OWNER",
        Recursive = true,
        CustomParser = static result => [.. result.Tokens.Select(token => Parse(result, token.Value)).OfType<ChannelOwner>()],
    };

    /// <summary>Owners whose channels this run of the tool opens. Set once, before its command runs.</summary>
    public static IReadOnlyList<ChannelOwner> Owners { get; private set; } = [ChannelOwner.Self];

    public static void Take(ParseResult arguments) => Owners = [ChannelOwner.Self, .. arguments.GetValue(Option) ?? []];

    /// <summary>Opens a channel to look at it.</summary>
    public static ChannelObserver Observe(string name) => ChannelObserver.Open(name, Owners);

    /// <summary>Looks at a channel once.</summary>
    public static ChannelInfo Inspect(string name) => IpcChannel.Inspect(name, Owners);

    private static ChannelOwner? Parse(ArgumentResult result, string text)
    {
        if (!ChannelOwner.TryParse(text, null, out ChannelOwner? owner))
        {
            result.AddError($"'{text}' for --trust must be Root, User:NAME or MemberOf:GROUP.");
        }

        return owner;
    }
}
