namespace IpMpsc.Examples.Tour;

/// <summary>A receiver process reports each message that it holds, before it releases it.</summary>
[ChannelMessage]
internal partial struct Seen
{
    /// <summary>Which receiver process, from 0.</summary>
    public int Receiver;

    /// <summary>Sequence of the quote.</summary>
    public long Sequence;

    /// <summary>Whether the quote is the one that its sender made.</summary>
    public bool IsIntact;

    /// <summary>Whether the sender has ended with this: its sequence says how many came before it.</summary>
    public bool IsLast;
}
