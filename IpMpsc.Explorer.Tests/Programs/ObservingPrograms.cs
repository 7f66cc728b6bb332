using System.Buffers.Binary;
using Exploring.Engine;
using IpMpsc;

namespace Exploring.Programs;

/// <summary>Observes a channel while a sender laps the ring: whatever it returns must have been a message.</summary>
internal abstract class Observed : RingProgram
{
    protected override long Capacity => 128;

    protected override void SetUp()
    {
        Receiver();
        Sender("a", sender =>
        {
            for (int number = 1; number <= 5; number++)
            {
                Send(sender, number, number % 2 == 0 ? 12 : 28);
            }
        });
        Receive(5);
        VirtualProcess process = Process("observer");
        ChannelObserver observer = As(process, static () => ChannelObserver.Open(Name));
        Thread("observer", process, () => Look(observer));
    }

    protected abstract void Look(ChannelObserver observer);

    protected void CheckCopy(PeekedMessage message)
    {
        ReadOnlySpan<byte> payload = message.Payload.Span;
        int sender = BinaryPrimitives.ReadInt32LittleEndian(payload);
        int number = BinaryPrimitives.ReadInt32LittleEndian(payload[4..]);
        Require(Begun.Contains((sender, number)), $"An observer returned message {number} of thread {sender}, which was never sent.");
        for (int index = 8; index < payload.Length; index++)
        {
            Require(payload[index] == (byte)(sender + number + index), $"An observer returned message {number} torn.");
        }
    }
}

/// <summary>Messages that wait.</summary>
internal sealed class Peeked : Observed
{
    protected override void Look(ChannelObserver observer)
    {
        foreach (PeekedMessage message in observer.Peek().Messages)
        {
            CheckCopy(message);
        }
    }
}

/// <summary>Messages that were received.</summary>
internal sealed class History : Observed
{
    protected override void Look(ChannelObserver observer)
    {
        foreach (PeekedMessage message in observer.ReadHistory(HistoryOrder.NewestFirst).Messages)
        {
            CheckCopy(message);
        }

        foreach (PeekedMessage message in observer.ReadHistory().Messages)
        {
            CheckCopy(message);
        }
    }
}

/// <summary>Messages as they pass; those that are not seen are counted.</summary>
internal sealed class Tapped : Observed
{
    protected override void Look(ChannelObserver observer)
    {
        ChannelTap tap = observer.OpenTap();
        int last = 0;
        long missed = 0;
        for (int look = 0; look < 4; look++)
        {
            if (tap.TryRead(out PeekedMessage? message))
            {
                CheckCopy(message);
                int number = BinaryPrimitives.ReadInt32LittleEndian(message.Payload.Span[4..]);
                Require(last == 0 || number == last + 1 || tap.MissedBytes > missed, $"A tap gave message {number} after {last}, and counted nothing as missed.");
                (last, missed) = (number, tap.MissedBytes);
            }
        }
    }
}

/// <summary>The state of a channel, at any moment, without an exception.</summary>
internal sealed class Inspected : Observed
{
    protected override void Look(ChannelObserver observer)
    {
        ChannelInfo info = observer.Inspect();
        Require(info.BytesUsed is >= 0 && info.BytesUsed <= Capacity, $"An observer found {info.BytesUsed} bytes in a ring of {Capacity}.");
    }
}
