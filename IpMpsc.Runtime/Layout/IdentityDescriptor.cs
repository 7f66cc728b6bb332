namespace IpMpsc.Layout;

/// <summary>
/// Byte map of a participant's identity. It is for display only: the protocol decides nothing by it.
/// <code>
///   0         4          8                      16                         64     80
///   +---------+----------+----------------------+--------------------------+------+
///   | pid i32 | kind i32 | joined, Unix ms i64  | name, UTF-8, zero-padded | 16 B |
///   +---------+----------+----------------------+--------------------------+------+
/// </code>
/// </summary>
internal static class IdentityDescriptor
{
    public const int ProcessIdOffset = 0;
    /// <summary>The kind of a sender's slot that belongs to a source.</summary>
    public const int Forwarder = 1;

    public const int KindOffset = ProcessIdOffset + sizeof(int);
    public const int JoinedOffset = ProcessIdOffset + sizeof(int) + sizeof(int);
    public const int NameOffset = JoinedOffset + sizeof(long);
    public const int NameSize = 48;

    /// <summary>
    /// 16 bytes that belong to the owner of the place: a slot's <see cref="SlotDescriptor.DroppedOffset"/> and <see cref="SlotDescriptor.SourceConfirmedOffset"/>.
    /// </summary>
    public const int ExtensionOffset = NameOffset + NameSize;

    public const int Size = ExtensionOffset + (2 * sizeof(long));
}
