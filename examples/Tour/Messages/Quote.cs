namespace IpMpsc.Examples.Tour;

/// <summary>A message of fixed size: its 32 bytes in the ring are those in memory.</summary>
[ChannelMessage]
internal partial struct Quote
{
    /// <summary>Which sender sent it, from 0.</summary>
    public int Sender;

    public int Instrument;

    /// <summary>How many quotes that sender sent before it.</summary>
    public long Sequence;

    public double Bid;

    public double Ask;

    /// <summary>A quote that differs from its neighbours and from those of other senders.</summary>
    public static Quote Of(int sender, long sequence)
    {
        double bid = 100 + (sequence * 31 % 1000 / 100.0);
        return new Quote
        {
            Sender = sender,
            Instrument = (int)(sequence % 500),
            Sequence = sequence,
            Bid = bid,
            Ask = bid + ((sender + 1) / 100.0),
        };
    }
}
