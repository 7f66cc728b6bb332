namespace IpMpsc.Layout;

/// <summary>State of the whole channel, in the word beside the receiver signal that senders read anyway.</summary>
[Flags]
internal enum ChannelFlags : uint
{
    None = 0,

    /// <summary>The channel was deleted or replaced: whoever still has it open must not send any more.</summary>
    Retired = 1,
}
