namespace IpMpsc;

/// <summary>What can be said about a channel, the worst first.</summary>
public enum ChannelVerdictKind
{
    /// <summary>Another program wrote into the file.</summary>
    Corrupt,

    /// <summary>A sender died within its claim at the head.</summary>
    DeadClaim,

    /// <summary>A living sender has held a claim for a second or more.</summary>
    SenderStalled,

    /// <summary>A message has been ready for a second or more while the receiver is attached.</summary>
    ReceiverStalled,

    /// <summary>Messages wait or senders are attached, and no receiver is.</summary>
    NoReceiver,

    /// <summary>Senders wait for room.</summary>
    SendersWaiting,

    /// <summary>Senders drop messages for which there is no room.</summary>
    SendersDropping,

    /// <summary>More than 80 % of the ring is used.</summary>
    RingFull,

    /// <summary>The receiver holds messages.</summary>
    MessagesHeld,
}
