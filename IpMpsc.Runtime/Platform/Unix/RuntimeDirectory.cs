using System.Runtime.InteropServices;
using static IpMpsc.Platform.Unix.LibC;

namespace IpMpsc.Platform.Unix;

/// <summary>The private directory for channels that are named without a path.</summary>
internal static class RuntimeDirectory
{
    private const uint PrivateDirectory = 0b111_000_000;
    private const int OpenToOthers = 0b000_111_111;
    private const string Variable = "XDG_RUNTIME_DIR";

    /// <summary>Finds the directory, or creates it.</summary>
    /// <exception cref="ChannelFault">It belongs to another user, is open to others, or cannot be created.</exception>
    public static string Get(UnixCalls system)
    {
        string? session = Environment.GetEnvironmentVariable(Variable);
        bool isOfSession = !string.IsNullOrEmpty(session);
        if (isOfSession)
        {
            RequireUsable(system, session!);
        }

        string directory = isOfSession
            ? Path.Join(session, "ipmpsc")
            : Path.Join(Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath(), $"ipmpsc-{EffectiveUserId()}");

        // A user who never set the variable, or has another user's after 'su', cannot know where the path comes from.
        string named = $"The directory for named channels, '{directory}'{(isOfSession ? $" (from {Variable})" : "")},";

        if (MakeDirectory(directory, PrivateDirectory) != 0 && Marshal.GetLastPInvokeError() is var error and not EEXIST)
        {
            throw new ChannelFault(
                FaultKind.File,
                $"{named} cannot be created for user {EffectiveUserId()}: {ChannelFault.Reason(error)}. " +
                $"Set {Variable} to a private directory of this user, {(isOfSession ? "unset it, " : "")}or name the channel by a path.");
        }

        // In a directory to which everyone may write, another user can have created it first.
        if (system.StatusOf(directory) is not { } status)
        {
            throw new ChannelFault(
                FaultKind.File, $"{named} cannot be examined: {ChannelFault.Reason(Marshal.GetLastPInvokeError())}.");
        }

        if (!status.IsDirectory)
        {
            throw new ChannelFault(FaultKind.File, $"{named} is not a directory. Remove it, or name the channel by a path.");
        }

        if (status.Owner != EffectiveUserId())
        {
            throw new ChannelFault(
                FaultKind.File,
                $"{named} belongs to user {status.Owner}; this process runs as user {EffectiveUserId()}. " +
                $"Only user {status.Owner} or root can remove it. Set {Variable} to a private directory of " +
                $"user {EffectiveUserId()}, or name the channel by a path.");
        }

        if ((status.Permissions & OpenToOthers) != 0)
        {
            throw new ChannelFault(
                FaultKind.File,
                $"{named} has mode {UnixFailure.Octal(status.Permissions)}, so other users have access to it; it must have mode 0700. " +
                $"Check its content, then run: chmod 0700 '{directory}'");
        }

        // The umask of the process that created it may have removed bits of its own user, too.
        if (status.Permissions != PrivateDirectory && ChangeMode(directory, PrivateDirectory) != 0)
        {
            throw new ChannelFault(
                FaultKind.File, $"{named} cannot be given mode 0700: {ChannelFault.Reason(Marshal.GetLastPInvokeError())}.");
        }

        return directory;
    }

    /// <summary>
    /// A variable that 'sudo -E' or 'su' has kept names another user's directory: channels in it would shut that user out,
    /// and that user could exchange them. A relative path would name another directory in each process.
    /// </summary>
    private static void RequireUsable(UnixCalls system, string session)
    {
        const string Advice = "set it to a private directory of this user, unset it, or name the channel by a path";
        if (!Path.IsPathRooted(session))
        {
            throw new ChannelFault(
                FaultKind.File,
                $"The environment variable {Variable} is '{session}', a relative path, so each process would find another directory: {Advice}.");
        }

        if (system.StatusOf(session) is { } status && status.Owner != EffectiveUserId() && status.Owner != 0)
        {
            throw new ChannelFault(
                FaultKind.File,
                $"The environment variable {Variable} is '{session}', which belongs to user {status.Owner}; " +
                $"this process runs as user {EffectiveUserId()}. Commands such as 'sudo -E' and 'su' keep the variable: {Advice}.");
        }
    }
}
