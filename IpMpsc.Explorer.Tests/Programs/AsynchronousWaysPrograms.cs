using Exploring.Messages;
using IpMpsc;
using IpMpsc.Objects;

namespace Exploring.Programs;

/// <summary>Typed asynchronous calls: both sides wait.</summary>
internal sealed class TypedAsynchronousWays : WaysProgram<Sender<Ping>, Receiver<Ping>>
{
    protected override Receiver<Ping> OpenReceiver() => Receiver<Ping>.OpenOrCreate(Name, Options);

    protected override Sender<Ping> OpenSender() => Sender<Ping>.Open(Name);

    protected override void SendInAllWays(Sender<Ping> sender)
    {
        One(1, ping => Await(sender.SendAsync(ping)));
        One(2, ping => Await(sender.SendAsync(ping)));
        One(3, ping => Await(sender.SendAsync(ping)));
        One(4, ping => Await(sender.SendAsync(ping)));
    }

    protected override void ReceiveInAllWays(Receiver<Ping> receiver)
    {
        Got(Await(receiver.ReceiveAsync()));
        Got(Await(receiver.ReceiveAsync()));
        Got(Await(receiver.ReceiveAsync()));
        using HeldMessage<Ping> held = Await(receiver.HoldAsync());
        Got(held.Read());
    }
}

/// <summary>The same for a protocol, whose receiver waits and then drains.</summary>
internal sealed class ProtocolAsynchronousWays : WaysProgram<Table.Sender, Table.Receiver>
{
    protected override Table.Receiver OpenReceiver() => Table.OpenOrCreateReceiver(Name, Options);

    protected override Table.Sender OpenSender() => Table.OpenSender(Name);

    protected override void SendInAllWays(Table.Sender sender) => One(1, ping => Await(sender.SendAsync(ping)));

    protected override void ReceiveInAllWays(Table.Receiver receiver)
    {
        Require(Await(receiver.WaitToReceiveAsync()), "No message arrived.");
        Require(receiver.TryReceive(out Table.Message message), "The message that was waited for is gone.");
        Got(message.AsPing.Read());
        message.Dispose();
    }
}

/// <summary>The same for objects.</summary>
internal sealed class ObjectAsynchronousWays : WaysProgram<ObjectSender<Ping>, ObjectReceiver<Ping>>
{
    private readonly PingSerializer _serializer = new();

    protected override ObjectReceiver<Ping> OpenReceiver() => ObjectReceiver<Ping>.OpenOrCreate(Name, _serializer, Options);

    protected override ObjectSender<Ping> OpenSender() => ObjectSender<Ping>.Open(Name, _serializer);

    protected override void SendInAllWays(ObjectSender<Ping> sender) => One(1, ping => Await(sender.SendAsync(ping)));

    protected override void ReceiveInAllWays(ObjectReceiver<Ping> receiver) => Got(Await(receiver.ReceiveAsync()));
}
