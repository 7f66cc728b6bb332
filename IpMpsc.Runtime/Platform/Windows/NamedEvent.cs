using System.Runtime.Versioning;
using System.Security.AccessControl;

namespace IpMpsc.Platform.Windows;

/// <summary>
/// Creates or opens the kernel's event for a wait word. Its name contains the channel's random id, which only the
/// channel's user can read. It lies in the global namespace, where events, unlike sections, need no privilege, so a
/// service in session 0 shares it with a desktop program of the same user.
/// </summary>
[SupportedOSPlatform("windows")]
internal static class NamedEvent
{
    private static readonly Lazy<EventWaitHandleSecurity> s_security = new(CurrentUser.EventSecurity);

    /// <exception cref="ChannelFault">The event cannot be opened; the message has the system's reason.</exception>
    public static EventWaitHandle Open(WaitWordName word)
    {
        string name = $@"Global\IpMpsc.{word.Channel:N}.{(word.IsShared ? "space" : "receiver")}";
        EventResetMode mode = word.IsShared ? EventResetMode.ManualReset : EventResetMode.AutoReset;
        try
        {
            return EventWaitHandleAcl.Create(initialState: false, mode, name, out _, s_security.Value);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or WaitHandleCannotBeOpenedException)
        {
            throw new ChannelFault(
                FaultKind.File,
                $"The event '{name}', on which participants of the channel sleep, cannot be opened: {error.Message} " +
                $"All participants must run as the same user and outside of an app container.");
        }
    }
}
