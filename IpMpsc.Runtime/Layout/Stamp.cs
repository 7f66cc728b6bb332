namespace IpMpsc.Layout;

/// <summary>
/// The word that makes a record valid at one position only:
/// <c>(position * spread) XOR cookie</c> with the low four bits replaced by the <see cref="RecordState"/>.
/// </summary>
/// <remarks>
/// Positions are multiples of 16 and the cookie's low four bits are clear, so those bits are free for the state.
/// Anything else that lies where the stamp belongs (a record of an earlier lap, payload bytes, zeros) equals it with
/// a probability of 2^-60. Therefore the receiver never clears what it has read, and finds the end of the messages
/// without reading the tail.
/// <para>
/// The product extends this to payload bytes that end within a stamp of an earlier lap and leave its last bytes
/// unchanged. Without it those last bytes would be the same in every lap, and only the few overwritten bytes would
/// have to match: in a ring of 64 bytes, 1 in 85 such payloads did.
/// </para>
/// </remarks>
internal static class Stamp
{
    public const ulong StateMask = RecordDescriptor.Alignment - 1;

    /// <summary>
    /// 2^64 divided by the golden ratio, made odd: a bijection under which positions that are any number of laps apart
    /// differ in their leading bytes, too.
    /// </summary>
    private const ulong Spread = 0x9E37_79B9_7F4A_7C15;

    public static ulong Of(long position, ulong cookie, RecordState state) =>
        (((ulong)position * Spread) ^ cookie) | (ulong)state;

    /// <summary>
    /// The state that <paramref name="stamp"/> proves for <paramref name="position"/>. A value outside
    /// <see cref="RecordState"/> means that the stamp is not valid there.
    /// </summary>
    public static ulong StateAt(ulong stamp, long position, ulong cookie) => stamp ^ ((ulong)position * Spread) ^ cookie;

    public static bool IsValid(ulong stamp, long position, ulong cookie) =>
        StateAt(stamp, position, cookie) - (ulong)RecordState.Message <= RecordState.Traced - RecordState.Message;

    /// <summary>
    /// A random cookie. A Guid's 122 random bits come from the system's secure generator, without the library that
    /// .NET's own loads first; the exclusive or of its halves covers the six bits that are not random.
    /// </summary>
    public static ulong NewCookie()
    {
        Span<byte> random = stackalloc byte[2 * sizeof(ulong)];
        Guid.NewGuid().TryWriteBytes(random);
        return (BitConverter.ToUInt64(random) ^ BitConverter.ToUInt64(random[sizeof(ulong)..])) & ~StateMask;
    }
}
