namespace IpMpsc.Layout;

/// <summary>
/// Byte map of a sender's slot. Only the slot's owner writes it.
/// <code>
///   0                    8                    16         24      32      40        48         112       120         128
///   +--------------------+--------------------+----------+-------+-------+---------+----------+---------+-----------+
///   | claim position i64 | claim length i64   | messages | bytes | waits | pending | identity | dropped | confirmed |
///   +--------------------+--------------------+----------+-------+-------+---------+----------+---------+-----------+
/// </code>
/// After the commit the claim stays in the slot until the next claim replaces it.
/// </summary>
internal static class SlotDescriptor
{
    public const int ClaimPositionOffset = 0;
    public const int ClaimLengthOffset = ClaimPositionOffset + sizeof(long);
    public const int MessagesOffset = ClaimLengthOffset + sizeof(long);
    public const int BytesOffset = MessagesOffset + sizeof(long);
    public const int WaitsOffset = BytesOffset + sizeof(long);
    public const int SourcePendingOffset = WaitsOffset + sizeof(long);
    public const int IdentityOffset = SourcePendingOffset + sizeof(long);
    public const int DroppedOffset = IdentityOffset + IdentityDescriptor.ExtensionOffset;
    public const int SourceConfirmedOffset = DroppedOffset + sizeof(long);

    public const int Size = IdentityOffset + IdentityDescriptor.Size;

    /// <summary>The claim position of a slot without a claim.</summary>
    public const long NoClaim = -1;
}
