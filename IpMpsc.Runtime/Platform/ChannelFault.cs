using System.Runtime.InteropServices;

namespace IpMpsc.Platform;

/// <summary>
/// A failure below the public surface. The rooms below the root do not know the public exceptions, so the root
/// translates every fault into one; a caller never sees this type.
/// </summary>
internal sealed class ChannelFault(FaultKind kind, string message) : Exception(message)
{
    public FaultKind Kind { get; } = kind;

    /// <summary>The message and the number of a system call's error.</summary>
    public static string Reason(int error) => $"{Marshal.GetPInvokeErrorMessage(error)} (error {error})";
}
