using System.Runtime.InteropServices;
using IpMpsc.Layout;

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

    /// <summary>A channel is used by others.</summary>
    /// <param name="path">The channel.</param>
    /// <param name="receiver">Who receives, to be named.</param>
    /// <param name="consequence">What is not done for that reason, in words.</param>
    public static ChannelFault InUse(string path, IdentityBlock receiver, string consequence) => new(
        FaultKind.InUse,
        $"Channel '{path}' is in use, {consequence}. Its receiver is or was '{receiver.Name}', " +
        $"process {receiver.ProcessId}, since {receiver.Joined.ToLocalTime():yyyy-MM-dd HH:mm:ss}.");
}
