using Exploring.Engine;
using IpMpsc;

namespace Exploring.Programs;

/// <summary>Messages with trailers, of 80 bytes each.</summary>
internal abstract class Tracing : AfterDeath
{
    protected override long Capacity => 128;

    protected override IpcChannelOptions Options => base.Options with { TraceMessages = true };
}

/// <summary>Two senders whose messages have trailers, in a ring with room for one message and padding.</summary>
internal sealed class TracingSenders : Tracing
{
    protected override void SetUp()
    {
        Receiver();
        Sender("a", sender => Send(sender, 1));
        Sender("b", sender => Send(sender, 1));
        Receive(2);
    }
}

/// <summary>One of them is killed; the other's message arrives.</summary>
internal sealed class KilledTracingSender : Tracing
{
    protected override long Capacity => 256;

    protected override void SetUp()
    {
        Receiver();
        Kill(Sender("victim", sender => Send(sender, 1)));
        Sender("b", sender => Send(sender, 1));
        ReceiveUntil("b", 1);
    }
}

/// <summary>A forwarder that adds the traces of its source is killed; each message of the source arrives once.</summary>
internal sealed class KilledTracingForwarder : KilledForwarder
{
    protected override long Capacity => 256;

    protected override IpcChannelOptions Options => base.Options with { TraceMessages = true };

    protected override void Forward(RecordForwarder forwarder, byte[] message, long sequence) =>
        forwarder.Send(0, 0, message, sequence, new MessageTrace(sequence, default));
}
