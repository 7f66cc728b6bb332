using System.Runtime.InteropServices;

namespace IpMpsc.Platform;

/// <summary>
/// A failure below the public surface. It never reaches a caller: the root translates it, because
/// the layers below it do not know the public types.
/// </summary>
internal sealed class ChannelFault(FaultKind kind, string message) : Exception(message)
{
    public FaultKind Kind { get; } = kind;

    /// <summary>The error of a system call in words, and its number.</summary>
    public static string Reason(int error) => $"{Marshal.GetPInvokeErrorMessage(error)} (error {error})";
}
