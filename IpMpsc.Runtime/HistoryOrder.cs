namespace IpMpsc;

/// <summary>In which order <see cref="ChannelObserver.ReadHistory"/> returns messages, and from which end it counts.</summary>
public enum HistoryOrder
{
    /// <summary>From the oldest message that is still readable.</summary>
    OldestFirst,

    /// <summary>From the message that was received last.</summary>
    NewestFirst,
}
