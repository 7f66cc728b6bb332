using Exploring.Engine;
using IpMpsc;

namespace Exploring.Programs;

/// <summary>A receiver that ends with its senders.</summary>
internal abstract class EndingChannel : RingProgram
{
    protected override IpcChannelOptions Options => new() { Capacity = Capacity, MaxSenders = Slots, EndWithSenders = true };

    /// <summary>Receives until it is told of the end.</summary>
    protected void ReceiveToTheEnd() => MayThrow<ChannelCompletedException>(ReceiveForEver);

    /// <summary>A sender that joins during the run, sends one message and leaves.</summary>
    protected void ComeAndGo(string name) => Thread(name, Process(name), () =>
    {
        using ByteSender sender = ByteSender.Open(Name);
        Send(sender, 1);
    });
}

/// <summary>A receiver that ends with its senders receives everything that they sent.</summary>
internal sealed class EndsWithSenders : EndingChannel
{
    protected override void SetUp()
    {
        AllowOversleeping();
        Receiver();
        Sender("a", sender => { Send(sender, 1); sender.Dispose(); });
        Sender("b", sender => { Send(sender, 1); sender.Dispose(); });
        Thread("receiver", ReceiverProcess, ReceiveToTheEnd);
    }
}

/// <summary>A receiver that sleeps is told that the last sender has left.</summary>
internal sealed class LastSenderLeaves : EndingChannel
{
    protected override void SetUp()
    {
        Receiver();
        VirtualThread receiver = Thread("receiver", ReceiverProcess, () => MayThrow<ChannelCompletedException>(() =>
        {
            Got(TheReceiver.Receive());
            Require(false, "A message was received that was not sent.");
        }));
        Sender("a", sender =>
        {
            Await(() => receiver.Sleeping.Count > 0, "sleep");
            sender.Dispose();
        });
    }
}

/// <summary>The first sender joins while the receiver checks whether all have left.</summary>
internal sealed class SenderJoins : EndingChannel
{
    protected override void SetUp()
    {
        AllowOversleeping();
        Receiver();
        ComeAndGo("a");
        Thread("receiver", ReceiverProcess, ReceiveToTheEnd);
    }
}

/// <summary>
/// A receiver leaves when it is told of the end, and the next one waits for the senders that came later: one joins while the first receiver checks, leaves, or
/// is gone.
/// </summary>
internal sealed class ContinuedChannel : EndingChannel
{
    private const long AllJoins = 2;

    protected override unsafe void SetUp()
    {
        AllowOversleeping();
        Receiver();
        Sender("a", static sender => sender.Dispose());
        ComeAndGo("b");
        bool hasLeft = false;
        Thread("receiver", ReceiverProcess, () =>
        {
            ReceiveToTheEnd();
            TheReceiver.Dispose();
            hasLeft = true;
        });
        Thread("next", Process("next"), () =>
        {
            Await(() => hasLeft, "end");
            if (*Header.Completed != AllJoins)
            {
                TheReceiver = ByteReceiver.Open(Name, Options);
                ReceiveToTheEnd();
            }
        });
    }
}
