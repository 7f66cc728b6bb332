using System.Runtime.Versioning;
using System.Security.Principal;

namespace IpMpsc.Platform.Windows;

/// <summary>Users and groups by the text that a program or an operator gives.</summary>
[SupportedOSPlatform("windows")]
internal static class Principals
{
    private static readonly SecurityIdentifier s_system = new(WellKnownSidType.LocalSystemSid, null);
    private static readonly SecurityIdentifier s_administrators = new(WellKnownSidType.BuiltinAdministratorsSid, null);

    /// <summary>The user or group with a name, such as "MARKET\traders", or an identifier, such as "S-1-5-32-545". Null if there is none.</summary>
    public static SecurityIdentifier? Find(string name)
    {
        try
        {
            return name.StartsWith("S-1-", StringComparison.OrdinalIgnoreCase)
                ? new SecurityIdentifier(name)
                : (SecurityIdentifier)new NTAccount(name).Translate(typeof(SecurityIdentifier));
        }
        catch (Exception error) when (error is ArgumentException or SystemException)
        {
            return null;
        }
    }

    /// <summary>
    /// Whether a rule covers the owner of a file. Windows lets a group own a file, as the administrators do those of elevated
    /// processes, and does not tell cheaply who is in a group: a rule for a group covers what the group itself owns.
    /// </summary>
    public static bool Covers(OwnerRule rule, SecurityIdentifier owner) => rule.Kind switch
    {
        OwnerKind.Self => owner == CurrentUser.Id,
        OwnerKind.User when rule.Name == "0" => owner == s_system || owner == s_administrators,
        _ => owner == Find(rule.Name),
    };
}
