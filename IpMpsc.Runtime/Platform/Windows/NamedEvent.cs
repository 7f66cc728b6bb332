using System.Runtime.Versioning;
using System.Security.AccessControl;

namespace IpMpsc.Platform.Windows;

/// <summary>
/// Makes or opens the kernel's event for a wait word. It is named after the channel's random id, which
/// only its user can read, and it lies in the global namespace, for which events, unlike sections, need no
/// privilege: so a service in session 0 meets a program on the desktop of the same user.
/// </summary>
[SupportedOSPlatform("windows")]
internal static class NamedEvent
{
    private static readonly Lazy<EventWaitHandleSecurity> s_security = new(CurrentUser.EventSecurity);

    /// <exception cref="ChannelFault">With the reason of the system.</exception>
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
                "All of them must run as the same user and outside of an app container.");
        }
    }
}
