using System.Runtime.Versioning;
using System.Security.AccessControl;
using System.Security.Principal;

namespace IpMpsc.Platform.Windows;

/// <summary>
/// Creates or opens the kernel's event for a wait word. Its name contains the channel's random id, which only the
/// channel's users can read. It lies in the global namespace, where events, unlike sections, need no privilege, so a
/// service in session 0 shares it with a desktop program. A user who may write to the channel's file may sleep on it and set it.
/// </summary>
[SupportedOSPlatform("windows")]
internal static class NamedEvent
{
    /// <exception cref="ChannelFault">The event cannot be opened; the message has the system's reason.</exception>
    public static EventWaitHandle Open(WaitWordName word)
    {
        string name = $@"Global\IpMpsc.{word.Channel:N}.{(word.IsShared ? "space" : "receiver")}";
        EventResetMode mode = word.IsShared ? EventResetMode.ManualReset : EventResetMode.AutoReset;
        try
        {
            IEnumerable<SecurityIdentifier> writers = (word.Writers ?? []).Select(static id => new SecurityIdentifier(id));
            return EventWaitHandleAcl.Create(initialState: false, mode, name, out _, CurrentUser.EventSecurity(writers));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or WaitHandleCannotBeOpenedException)
        {
            throw new ChannelFault(
                FaultKind.File,
                $"The event '{name}', on which participants of the channel sleep, cannot be opened: {error.Message} " +
                $"All participants must run outside of an app container, and as the same user or as members of the group to which the channel's creator gave it.");
        }
    }
}
