namespace IpMpsc.Layout;

/// <summary>
/// The header page of a mapped segment. What creation fixes is a value; what participants share is an address.
/// </summary>
internal readonly unsafe struct SegmentHeader(byte* address)
{
    public ulong Magic => SharedWord.LoadMagic(address);

    public uint LayoutVersion => *(uint*)(address + HeaderDescriptor.LayoutVersionOffset);

    public uint SlotCount => *(uint*)(address + HeaderDescriptor.SlotCountOffset);

    public long Capacity => *(long*)(address + HeaderDescriptor.CapacityOffset);

    public ulong Cookie => *(ulong*)(address + HeaderDescriptor.CookieOffset);

    public ulong Fingerprint => *(ulong*)(address + HeaderDescriptor.FingerprintOffset);

    public long SlotsOffset => *(long*)(address + HeaderDescriptor.SlotsOffset);

    public long SchemaOffset => *(long*)(address + HeaderDescriptor.SchemaOffset);

    public long SchemaLength => *(long*)(address + HeaderDescriptor.SchemaLengthOffset);

    public long DataOffset => *(long*)(address + HeaderDescriptor.DataOffset);

    public long SegmentSize => *(long*)(address + HeaderDescriptor.SegmentSizeOffset);

    public Guid ChannelId => *(Guid*)(address + HeaderDescriptor.ChannelIdOffset);

    public DateTimeOffset Created => UnixTime.ToDate(*(long*)(address + HeaderDescriptor.CreatedOffset));

    public IdentityBlock Creator => new(address + HeaderDescriptor.CreatorOffset);

    /// <summary>How the participants wake each other. In a damaged header it can be any number.</summary>
    public WakeMechanism WakeMechanism => (WakeMechanism)(*(uint*)(address + HeaderDescriptor.WakeUpOffset));

    public IdentityBlock Receiver => new(address + HeaderDescriptor.ReceiverIdentityOffset);

    /// <summary>The position of a living sender's claim that blocks the receiver; for display.</summary>
    public long* BlockedAt => (long*)(address + HeaderDescriptor.BlockedAtOffset);

    /// <summary>Since when the claim has blocked the receiver, in Unix milliseconds.</summary>
    public long* BlockedSince => (long*)(address + HeaderDescriptor.BlockedSinceOffset);

    /// <summary>How many messages the receiver holds, for people to read.</summary>
    public long* HeldMessages => (long*)(address + HeaderDescriptor.HeldMessagesOffset);

    /// <summary>When it took the first of them, in Unix milliseconds.</summary>
    public long* HeldSince => (long*)(address + HeaderDescriptor.HeldSinceOffset);

    /// <summary>The position up to which it has taken messages, as long as it holds any.</summary>
    public long* Cursor => (long*)(address + HeaderDescriptor.CursorOffset);

    /// <summary>How many senders have joined since the channel was created.</summary>
    public long* Joins => (long*)(address + HeaderDescriptor.JoinsOffset);

    /// <summary>How many of them had joined when a receiver last left a channel that it had found completed.</summary>
    public long* Completed => (long*)(address + HeaderDescriptor.CompletedOffset);

    public long* Tail => (long*)(address + HeaderDescriptor.TailOffset);

    public long* Head => (long*)(address + HeaderDescriptor.HeadOffset);

    public long* MessagesReceived => (long*)(address + HeaderDescriptor.MessagesReceivedOffset);

    public long* BytesReceived => (long*)(address + HeaderDescriptor.BytesReceivedOffset);

    /// <summary>Messages that receivers have stepped over because of their <see cref="FullMode"/>.</summary>
    public long* DroppedByReceiver => (long*)(address + HeaderDescriptor.DroppedByReceiverOffset);

    /// <summary>Messages that senders have dropped because of their <see cref="FullMode"/>; any of them counts here.</summary>
    public long* DroppedBySenders => (long*)(address + HeaderDescriptor.DroppedBySendersOffset);

    public uint* ReceiverSignal => (uint*)(address + HeaderDescriptor.ReceiverSignalOffset);

    public uint* State => (uint*)(address + HeaderDescriptor.ChannelStateOffset);

    public uint* SpaceSignal => (uint*)(address + HeaderDescriptor.SpaceSignalOffset);

    /// <summary>
    /// Fills the header and the slots of a new, zeroed segment. It stores the magic number last: a header without it
    /// is not, or not yet, a channel.
    /// </summary>
    public void Initialise(SegmentLayout layout, ulong fingerprint, ReadOnlySpan<byte> schema, WakeMechanism wakeUp)
    {
        *(uint*)(address + HeaderDescriptor.LayoutVersionOffset) = HeaderDescriptor.LayoutVersion;
        *(uint*)(address + HeaderDescriptor.SlotCountOffset) = (uint)layout.SlotCount;
        *(long*)(address + HeaderDescriptor.CapacityOffset) = layout.Capacity;
        *(ulong*)(address + HeaderDescriptor.CookieOffset) = Stamp.NewCookie();
        *(ulong*)(address + HeaderDescriptor.FingerprintOffset) = fingerprint;
        *(long*)(address + HeaderDescriptor.SlotsOffset) = SegmentLayout.SlotsOffset;
        *(long*)(address + HeaderDescriptor.SchemaOffset) = layout.SchemaOffset;
        *(long*)(address + HeaderDescriptor.SchemaLengthOffset) = layout.SchemaLength;
        *(long*)(address + HeaderDescriptor.DataOffset) = layout.DataOffset;
        *(long*)(address + HeaderDescriptor.SegmentSizeOffset) = layout.SegmentSize;
        *(uint*)(address + HeaderDescriptor.WakeUpOffset) = (uint)wakeUp;
        *(Guid*)(address + HeaderDescriptor.ChannelIdOffset) = Guid.NewGuid();
        *(long*)(address + HeaderDescriptor.CreatedOffset) = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();

        *BlockedAt = SlotDescriptor.NoClaim;
        for (int slot = 0; slot < layout.SlotCount; slot++)
        {
            SharedWord.StoreClaimPosition(
                address + SegmentLayout.SlotsOffset + ((long)slot * SlotDescriptor.Size), SlotDescriptor.NoClaim);
        }

        schema.CopyTo(new Span<byte>(address + layout.SchemaOffset, layout.SchemaLength));
        SharedWord.StoreMagic(address);
    }
}
