using Exploring.Engine;
using IpMpsc;
using IpMpsc.Layout;

namespace Exploring.Programs;

/// <summary>Messages that are held and released in another order, while the sender waits for their room.</summary>
internal sealed class HeldMessages : RingProgram
{
    protected override void SetUp()
    {
        Receiver();
        Sender("a", sender => SendAll(sender, 3));
        Thread("receiver", ReceiverProcess, () =>
        {
            HeldBytes first = TheReceiver.Hold();
            HeldBytes second = TheReceiver.Hold();
            Got(first.Payload);
            Got(second.Payload);
            second.Dispose();
            first.Dispose();
            Got(TheReceiver.Receive());
        });
    }
}

/// <summary>Held messages that other threads release concurrently, while the receiver continues.</summary>
internal sealed class ReleasedByOthers : RingProgram
{
    protected override void SetUp()
    {
        Receiver();
        Sender("a", sender => SendAll(sender, 3));
        HeldBytes first = default;
        HeldBytes second = default;
        int held = 0;
        Thread("receiver", ReceiverProcess, () =>
        {
            first = TheReceiver.Hold();
            Got(first.Payload);
            held = 1;
            second = TheReceiver.Hold();
            Got(second.Payload);
            held = 2;
            Got(TheReceiver.Receive());
        });
        Thread("one", ReceiverProcess, () =>
        {
            Await(() => held >= 1, "message");
            first.Dispose();
        });
        Thread("two", ReceiverProcess, () =>
        {
            Await(() => held >= 2, "message");
            second.Dispose();
        });
    }
}

/// <summary>A receiver that receives again what it holds.</summary>
internal sealed class Rewound : RingProgram
{
    protected override void SetUp()
    {
        Receiver();
        Sender("a", sender => SendAll(sender, 2));
        Thread("receiver", ReceiverProcess, () =>
        {
            TheReceiver.Hold();
            TheReceiver.Rewind();
            Got(TheReceiver.Receive());
            Got(TheReceiver.Receive());
        });
    }
}

/// <summary>A receiver skips a record that another program has corrupted, while a sender moves the tail.</summary>
internal sealed class Repair : RingProgram
{
    protected override long Capacity => 128;

    protected override void SetUp()
    {
        Receiver();
        (VirtualProcess process, ByteSender sender) = Join("a");
        As(process, () => sender.Send(new byte[12]));
        Destroy();
        Thread("a", process, () => SendAll(sender, 2));
        AllowOversleeping();
        Thread("receiver", ReceiverProcess, () =>
        {
            for (int received = 0; received < 2;)
            {
                try
                {
                    Got(TheReceiver.Receive());
                    received++;
                }
                catch (ChannelCorruptException)
                {
                    TheReceiver.SkipCorrupt();
                }
            }
        });
    }

    private static unsafe void Destroy() => *(uint*)(Data + RecordDescriptor.LengthOffset) = 1_000_000;
}
