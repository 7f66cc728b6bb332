using Exploring.Engine;
using Exploring.Messages;
using IpMpsc;

namespace Exploring.Programs;

/// <summary>
/// One kind of sender and one kind of receiver: a thread sends in every way that the sender has, and another one receives in every way that the receiver has. The
/// ring has room for two messages, so each way has to wait in some order of the steps.
/// </summary>
internal abstract class WaysProgram<TSender, TReceiver> : RingProgram
{
    /// <summary>Longer than anything takes, since time passes only when no actor can take a step.</summary>
    protected static readonly TimeSpan Long = TimeSpan.FromHours(1);

    private bool _hasSent;

    protected abstract TReceiver OpenReceiver();

    protected abstract TSender OpenSender();

    protected abstract void SendInAllWays(TSender sender);

    protected abstract void ReceiveInAllWays(TReceiver receiver);

    protected override void SetUp()
    {
        AllowOversleeping(); // A slot that is returned does not wake an asynchronous send that waits for one.
        VirtualProcess receiving = Process("receiver");
        VirtualProcess sending = Process("a");
        TReceiver receiver = As(receiving, OpenReceiver);
        TSender sender = As(sending, OpenSender);
        Thread("a", sending, () =>
        {
            SendInAllWays(sender);
            _hasSent = true;
        });
        Thread("receiver", receiving, () => ReceiveInAllWays(receiver));
    }

    protected override void Check()
    {
        Require(_hasSent, "The sender has not finished.");
        base.Check();
    }

    /// <summary>One message, sent in some way.</summary>
    protected void One(int number, Action<Ping> send)
    {
        Begin(number);
        send(Ping(number));
        Done(number);
    }

    /// <summary>Two messages, sent in some way.</summary>
    protected void Two(int number, Action<Ping[]> send)
    {
        Begin(number);
        Begin(number + 1);
        send([Ping(number), Ping(number + 1)]);
        Done(number);
        Done(number + 1);
    }

    protected void Got(Ping ping) => Got(Message(ping.Number, sender: ping.Sender));

    private static Ping Ping(int number) => new() { Sender = VirtualThread.Current!.Index, Number = number };
}
