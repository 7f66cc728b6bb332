using System.Runtime.InteropServices;

namespace IpMpsc.Platform;

/// <summary>
/// A failure below the public surface. The folders below the root do not know the public exceptions, so the root
/// translates every fault into one; a caller never sees this type.
/// </summary>
internal sealed class ChannelFault(FaultKind kind, FaultText message) : Exception(message.ToStringAndClear())
{
    public FaultKind Kind { get; } = kind;

    /// <summary>A failure that .NET's own file functions have reported.</summary>
    /// <param name="what">What failed, as the beginning of a sentence: "The directory 'x' cannot be listed".</param>
    /// <param name="error">The failure.</param>
    public static ChannelFault Of(string what, Exception error) => new(FaultKind.File, $"{what}: {error.Message}");

    /// <summary>Whether .NET's file functions report a failure of the system with such an exception.</summary>
    public static bool IsOfFileFunctions(Exception error) =>
        error is IOException or UnauthorizedAccessException or System.Security.SecurityException;

    /// <summary>The message and the number of a system call's error.</summary>
    public static string Reason(int error) => $"{Marshal.GetPInvokeErrorMessage(error)} (error {error})";
}
