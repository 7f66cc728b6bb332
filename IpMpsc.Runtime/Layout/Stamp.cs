using System.Security.Cryptography;

namespace IpMpsc.Layout;

/// <summary>
/// The word that makes a record valid, for one position only:
/// <c>(position XOR cookie)</c> with the low four bits replaced by the <see cref="RecordState"/>.
/// </summary>
/// <remarks>
/// Positions are multiples of 16 and the cookie's low four bits are clear, so those bits are free for
/// the state. Whatever else lies where the stamp belongs - a record of an earlier lap, payload bytes,
/// zeros - equals it with a chance of 2^-60: that is why consumed bytes are never cleared, and why the
/// receiver finds the end of the messages without reading the tail.
/// </remarks>
internal static class Stamp
{
    public const ulong StateMask = RecordDescriptor.Alignment - 1;

    public static ulong Of(long position, ulong cookie, RecordState state) =>
        ((ulong)position ^ cookie) | (ulong)state;

    /// <summary>
    /// The state that <paramref name="stamp"/> proves for <paramref name="position"/>. A value outside
    /// of <see cref="RecordState"/> means that the stamp is not valid there.
    /// </summary>
    public static ulong StateAt(ulong stamp, long position, ulong cookie) => stamp ^ (ulong)position ^ cookie;

    public static bool IsValid(ulong stamp, long position, ulong cookie) =>
        StateAt(stamp, position, cookie) - (ulong)RecordState.Message <= RecordState.Aborted - RecordState.Message;

    public static ulong NewCookie() =>
        BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong))) & ~StateMask;
}
