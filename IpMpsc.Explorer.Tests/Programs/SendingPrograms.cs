using Exploring.Engine;
using IpMpsc;

namespace Exploring.Programs;

/// <summary>Two senders with one message each, and a receiver that waits for both.</summary>
internal class TwoSenders : RingProgram
{
    protected override void SetUp()
    {
        Receiver();
        Sender("a", sender => Send(sender, 1));
        Sender("b", sender => Send(sender, 1));
        Receive(2);
    }
}
