namespace IpMpsc.Layout;

/// <summary>
/// Byte map of a participant's identity. It is for display only: the protocol decides nothing by it.
/// <code>
///   0         4          8                      16                                80
///   +---------+----------+----------------------+---------------------------------+
///   | pid i32 | reserved | joined, Unix ms i64  | name, UTF-8, zero-padded        |
///   +---------+----------+----------------------+---------------------------------+
/// </code>
/// </summary>
internal static class IdentityDescriptor
{
    public const int ProcessIdOffset = 0;
    public const int JoinedOffset = ProcessIdOffset + sizeof(int) + sizeof(int);
    public const int NameOffset = JoinedOffset + sizeof(long);
    public const int NameSize = 64;

    public const int Size = NameOffset + NameSize;
}
