namespace IpMpsc.Examples.Tour;

/// <summary>
/// What one process says about one sender's messages: the sender itself, or the receiver. The tour
/// compares the two. The processes send tallies to the tour through a third channel.
/// </summary>
[ChannelMessage]
internal partial struct Tally
{
    public Stage Stage;

    public Side Side;

    public int Sender;

    /// <summary>Whether nothing will be added; otherwise this is only to show progress.</summary>
    public bool IsFinal;

    public long Messages;

    /// <summary>Payload bytes.</summary>
    public long Bytes;

    /// <summary>Messages that were not the next one of their sender: lost, duplicated or out of order.</summary>
    public long Misplaced;

    /// <summary>Depends on every field of every message, and on their order.</summary>
    public ulong Checksum;

    /// <summary>From the first message to the last one, of all senders, at the receiver.</summary>
    public long ElapsedTicks;

    /// <summary>Counts one message.</summary>
    public void Add(long sequence, int bytes, ulong checksum)
    {
        if (sequence != Messages)
        {
            Misplaced++;
        }

        Messages++;
        Bytes += bytes;
        Checksum = (Checksum * Tour.Checksum.Prime) ^ checksum;
    }

    /// <summary>Whether the other side sent or received exactly these messages, in this order.</summary>
    public readonly bool Agrees(in Tally other) =>
        Misplaced == 0 && other.Misplaced == 0
        && Messages == other.Messages && Bytes == other.Bytes && Checksum == other.Checksum;
}
