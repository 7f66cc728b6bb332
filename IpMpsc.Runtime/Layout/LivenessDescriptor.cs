namespace IpMpsc.Layout;

/// <summary>
/// The byte ranges whose locks show which participants are alive. They lie far behind any content, so no lock ever
/// conflicts with a read or a write.
/// <code>
///   2^62 - 2      the process that publishes the file under its name, or removes the name
///   2^62 - 1      the receiver
///   2^62 + slot   the sender of a slot
/// </code>
/// </summary>
internal static class LivenessDescriptor
{
    public const long FirstSlot = 1L << 62;
    public const long Receiver = FirstSlot - 1;
    public const long Naming = Receiver - 1;

    public static long Slot(int index) => FirstSlot + index;

    /// <summary>Length of the range that begins at <see cref="Naming"/> and covers every participant.</summary>
    public static long Count(int slots) => FirstSlot + slots - Naming;
}
