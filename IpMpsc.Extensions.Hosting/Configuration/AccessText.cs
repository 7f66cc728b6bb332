using System.Diagnostics.CodeAnalysis;

namespace IpMpsc.Extensions.Hosting.Configuration;

/// <summary>Whose channels are trusted, as a configuration file says it.</summary>
internal static class AccessText
{
    public const string ExpectedSharing = "OwnerOnly, \"Group:NAME\" or \"Observers:NAME\"";

    public const string ExpectedOwners = "a list of Self, Root, \"User:NAME\" and \"MemberOf:GROUP\", separated by commas";

    public static bool TryParse(string text, [NotNullWhen(true)] out ChannelSharing? sharing) => ChannelSharing.TryParse(text, null, out sharing);

    public static bool TryParse(string text, [NotNullWhen(true)] out IReadOnlyList<ChannelOwner>? owners)
    {
        List<ChannelOwner> parsed = [];
        foreach (string part in text.Split(','))
        {
            if (!ChannelOwner.TryParse(part, null, out ChannelOwner? owner))
            {
                owners = null;
                return false;
            }

            parsed.Add(owner);
        }

        owners = parsed;
        return true;
    }
}
