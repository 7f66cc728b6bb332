using System.Runtime.Versioning;
using System.Security.AccessControl;
using System.Security.Principal;

namespace IpMpsc.Platform.Windows;

/// <summary>
/// The user of this process, and the access lists that make an object private to that user. Each list names the
/// owner, because the default owner of an elevated process's objects is the administrators group.
/// </summary>
[SupportedOSPlatform("windows")]
internal static class CurrentUser
{
    // Windows gives these access to every profile, and they can take any access anyway.
    private static readonly SecurityIdentifier s_system = new(WellKnownSidType.LocalSystemSid, null);
    private static readonly SecurityIdentifier s_administrators = new(WellKnownSidType.BuiltinAdministratorsSid, null);

    public static SecurityIdentifier Id { get; } = GetId();

    /// <summary>Full access for the user, reading and perhaps writing for a group, none for others, nothing inherited.</summary>
    public static FileSecurity FileSecurity(SecurityIdentifier? group = null, bool mayWrite = false)
    {
        FileSecurity security = new();
        DenyEverybody(security);
        security.AddAccessRule(new FileSystemAccessRule(Id, FileSystemRights.FullControl, AccessControlType.Allow));
        if (group is not null)
        {
            FileSystemRights rights = mayWrite ? FileSystemRights.Read | FileSystemRights.Write : FileSystemRights.Read;
            security.AddAccessRule(new FileSystemAccessRule(group, rights, AccessControlType.Allow));
        }

        return security;
    }

    /// <summary>Full access for the user, none for others, nothing inherited.</summary>
    public static DirectorySecurity DirectorySecurity()
    {
        const InheritanceFlags All = InheritanceFlags.ContainerInherit | InheritanceFlags.ObjectInherit;
        DirectorySecurity security = new();
        DenyEverybody(security);
        security.AddAccessRule(
            new FileSystemAccessRule(Id, FileSystemRights.FullControl, All, PropagationFlags.None, AccessControlType.Allow));
        return security;
    }

    /// <summary>Full access for the user, sleeping and waking for those who may write to the channel, none for others.</summary>
    public static EventWaitHandleSecurity EventSecurity(IEnumerable<SecurityIdentifier> writers)
    {
        EventWaitHandleSecurity security = new();
        DenyEverybody(security);
        foreach (SecurityIdentifier writer in writers.Where(static writer => writer != Id))
        {
            security.AddAccessRule(new EventWaitHandleAccessRule(
                writer, EventWaitHandleRights.Synchronize | EventWaitHandleRights.Modify, AccessControlType.Allow));
        }

        security.AddAccessRule(new EventWaitHandleAccessRule(Id, EventWaitHandleRights.FullControl, AccessControlType.Allow));
        return security;
    }

    /// <summary>Whether this user owns a directory, and only this user, the system and the administrators have access to it.</summary>
    public static bool OwnsAlone(DirectorySecurity security)
    {
        IEnumerable<FileSystemAccessRule> rules = security
            .GetAccessRules(includeExplicit: true, includeInherited: true, typeof(SecurityIdentifier))
            .Cast<FileSystemAccessRule>();
        return Id.Equals(security.GetOwner(typeof(SecurityIdentifier)))
            && rules.All(rule => rule.AccessControlType == AccessControlType.Deny || IsTrusted(rule.IdentityReference));
    }

    /// <summary>Makes the user the owner and removes every access, inherited or default.</summary>
    private static void DenyEverybody(ObjectSecurity security)
    {
        security.SetOwner(Id);
        security.SetAccessRuleProtection(isProtected: true, preserveInheritance: false);
    }

    private static bool IsTrusted(IdentityReference id) => id == Id || id == s_system || id == s_administrators;

    private static SecurityIdentifier GetId()
    {
        using WindowsIdentity identity = WindowsIdentity.GetCurrent();
        return identity.User ?? throw new PlatformNotSupportedException("IpMpsc cannot keep files of an anonymous user private.");
    }
}
