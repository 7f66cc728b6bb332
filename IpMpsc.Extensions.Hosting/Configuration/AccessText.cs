using System.Diagnostics.CodeAnalysis;

namespace IpMpsc.Extensions.Hosting.Configuration;

/// <summary>Who may open a channel, and whose channels are trusted, as a configuration file says it.</summary>
internal static class AccessText
{
    public const string ExpectedSharing = "OwnerOnly, \"Group:NAME\" or \"Observers:NAME\"";

    public const string ExpectedOwners = "a list of Self, Root, \"User:NAME\" and \"MemberOf:GROUP\", separated by commas";

    public static bool TryParse(string text, [NotNullWhen(true)] out ChannelSharing? sharing)
    {
        sharing = Split(text) switch
        {
            ("OWNERONLY", "") => ChannelSharing.OwnerOnly,
            ("GROUP", { Length: > 0 } group) => ChannelSharing.WithGroup(group),
            ("OBSERVERS", { Length: > 0 } group) => ChannelSharing.WithObservers(group),
            _ => null,
        };
        return sharing is not null;
    }

    public static bool TryParse(string text, [NotNullWhen(true)] out IReadOnlyList<ChannelOwner>? owners)
    {
        ChannelOwner?[] parsed = [.. text.Split(',').Select(ParseOwner)];
        owners = parsed.All(static owner => owner is not null) ? [.. parsed.Select(static owner => owner!)] : null;
        return owners is not null;
    }

    private static ChannelOwner? ParseOwner(string text) => Split(text) switch
    {
        ("SELF", "") => ChannelOwner.Self,
        ("ROOT", "") => ChannelOwner.Root,
        ("USER", { Length: > 0 } user) => ChannelOwner.User(user),
        ("MEMBEROF", { Length: > 0 } group) => ChannelOwner.MemberOf(group),
        _ => null,
    };

    /// <summary>The word before the colon in upper case, since its case does not matter, and the name behind it.</summary>
    private static (string Word, string Name) Split(string text)
    {
        string[] parts = text.Split(':', 2);
        return (parts[0].Trim().ToUpperInvariant(), parts.Length > 1 ? parts[1].Trim() : "");
    }
}
