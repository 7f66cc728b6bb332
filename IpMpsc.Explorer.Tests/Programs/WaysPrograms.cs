using Exploring.Messages;
using IpMpsc;
using IpMpsc.Objects;

namespace Exploring.Programs;

/// <summary>Messages of one type.</summary>
internal sealed class TypedWays : WaysProgram<Sender<Ping>, Receiver<Ping>>
{
    protected override Receiver<Ping> OpenReceiver() => Receiver<Ping>.OpenOrCreate(Name, Options);

    protected override Sender<Ping> OpenSender() => Sender<Ping>.Open(Name);

    protected override void SendInAllWays(Sender<Ping> sender)
    {
        One(1, ping => sender.Send(ping));
        One(2, ping => Require(sender.TrySend(ping, Long), "No room was made."));
        One(3, ping => Require(sender.TrySendWhenEmpty(ping, Long), "The ring was never empty."));
        Two(4, pings => sender.SendBatch(pings));
        One(6, ping =>
        {
            using Claim<Ping> claim = sender.Claim();
            claim.Writer.Sender = ping.Sender;
            claim.Writer.Number = ping.Number;
            claim.Commit();
        });
        One(7, ping => sender.SendWhenEmpty(ping));
    }

    protected override void ReceiveInAllWays(Receiver<Ping> receiver)
    {
        Got(receiver.Receive());
        Require(receiver.TryReceive(out Ping ping, Long), "No message arrived.");
        Got(ping);
        using (ReceivedMessage<Ping> message = receiver.ReceiveInPlace())
        {
            Got(message.Read());
        }

        using (HeldMessage<Ping> held = receiver.Hold())
        {
            Got(held.Read());
        }

        Require(receiver.TryReceiveInPlace(out ReceivedMessage<Ping> fifth, Long), "No message arrived.");
        Got(fifth.Read());
        fifth.Dispose();
        for (int drained = 0; drained == 0;)
        {
            drained = receiver.Drain(message => Got(message.Read()), maxMessages: 1);
            LetOthersStep();
        }

        foreach (ReceivedMessage<Ping> message in receiver.ReadAll())
        {
            Got(message.Read());
            break;
        }
    }
}

/// <summary>The sender of one thread, and messages that are held.</summary>
internal sealed class ExclusiveWays : WaysProgram<ExclusiveSender<Ping>, Receiver<Ping>>
{
    protected override Receiver<Ping> OpenReceiver() => Receiver<Ping>.OpenOrCreate(Name, Options);

    protected override ExclusiveSender<Ping> OpenSender() => ExclusiveSender<Ping>.Open(Name);

    protected override void SendInAllWays(ExclusiveSender<Ping> sender)
    {
        One(1, ping => sender.Send(ping));
        One(2, ping => Require(sender.TrySend(ping, Long), "No room was made."));
        One(3, ping => sender.SendWhenEmpty(ping));
        Two(4, pings => sender.SendBatch(pings));
        One(6, ping => Require(sender.TrySendWhenEmpty(ping, Long), "The ring was never empty."));
    }

    protected override void ReceiveInAllWays(Receiver<Ping> receiver)
    {
        HeldMessage<Ping> first = receiver.Hold();
        Require(receiver.TryHold(out HeldMessage<Ping> second, Long), "No message arrived.");
        Got(first.Read());
        Require(receiver.ReleaseThrough(first.Position) == 1, "ReleaseThrough did not release exactly one message.");
        receiver.Rewind();
        Require(!second.IsHeld && receiver.TryHold(out second, Long), "The second message was not received again.");
        Got(second.Read());
        second.Dispose();
        for (int rest = 0; rest < 4; rest++)
        {
            using HeldMessage<Ping> held = receiver.Hold();
            Got(held.Read());
        }
    }
}

/// <summary>Messages of two types, of fixed and of variable size, on one channel.</summary>
internal sealed class ProtocolWays : WaysProgram<Table.Sender, Table.Receiver>
{
    protected override long Capacity => 128;

    protected override Table.Receiver OpenReceiver() => Table.OpenOrCreateReceiver(Name, Options);

    protected override Table.Sender OpenSender() => Table.OpenSender(Name);

    protected override void SendInAllWays(Table.Sender sender)
    {
        One(1, ping => sender.Send(ping));
        One(2, ping => sender.Send(PongOf(ping)));
        One(3, ping => Require(sender.TrySend(ping, Long), "No room was made."));
        One(4, ping => sender.Send(PongOf(ping)));
        Two(5, pings => sender.SendBatch(pings));
    }

    protected override void ReceiveInAllWays(Table.Receiver receiver)
    {
        Handler handler = new(this);
        receiver.ReceiveTo(handler);
        Require(receiver.TryReceiveTo(handler, Long), "No message arrived.");
        using (Table.Message message = receiver.Receive())
        {
            Got(message.AsPing.Read());
        }

        using (Table.HeldMessage held = receiver.Hold())
        {
            Got(PingOf(held.AsPong.Read()));
        }

        for (int drained = 0; drained < 2; drained += receiver.DrainTo(handler))
        {
            LetOthersStep();
        }
    }

    private static Pong PongOf(Ping ping) => new() { Sender = ping.Sender, Number = ping.Number, Ballast = new byte[3] };

    private static Ping PingOf(Pong pong) => new() { Sender = pong.Sender, Number = pong.Number };

    private sealed class Handler(ProtocolWays program) : Table.IHandler
    {
        public void Handle(Ping.View message) => program.Got(message.Read());

        public void Handle(Pong.View message) => program.Got(PingOf(message.Read()));
    }
}

/// <summary>Messages whose types only their sender knows.</summary>
internal sealed class RecordWays : WaysProgram<RecordSender, RecordReceiver>
{
    protected override RecordReceiver OpenReceiver()
    {
        ByteReceiver.OpenOrCreate(Name, Options).Dispose();
        return RecordReceiver.Open(Name);
    }

    protected override RecordSender OpenSender() => RecordSender.Open(Name);

    protected override void SendInAllWays(RecordSender sender)
    {
        One(1, ping => sender.Send(0, 0, Message(ping.Number)));
        One(2, ping => Require(sender.TrySend(0, 0, Message(ping.Number), Long), "No room was made."));
        One(3, ping => sender.Send(0, 0, Message(ping.Number)));
    }

    protected override void ReceiveInAllWays(RecordReceiver receiver)
    {
        using (ReceivedRecord record = receiver.ReceiveInPlace())
        {
            Got(record.Payload);
        }

        using (HeldRecord held = receiver.Hold())
        {
            Got(held.Payload);
        }

        Require(Await(receiver.WaitToReceiveAsync()), "No message arrived.");
        Require(receiver.TryReceiveInPlace(out ReceivedRecord last), "The message that was waited for is gone.");
        Got(last.Payload);
        last.Dispose();
    }
}

/// <summary>Objects of a foreign format. MemoryPack adds a serializer to this, but no step.</summary>
internal sealed class ObjectWays : WaysProgram<ObjectSender<Ping>, ObjectReceiver<Ping>>
{
    private readonly PingSerializer _serializer = new();

    protected override ObjectReceiver<Ping> OpenReceiver() => ObjectReceiver<Ping>.OpenOrCreate(Name, _serializer, Options);

    protected override ObjectSender<Ping> OpenSender() => ObjectSender<Ping>.Open(Name, _serializer);

    protected override void SendInAllWays(ObjectSender<Ping> sender)
    {
        One(1, ping => sender.Send(ping));
        One(2, ping => Require(sender.TrySend(ping, Long), "No room was made."));
        Two(3, pings => sender.SendBatch(pings));
        One(5, ping => sender.Send(ping));
        sender.BufferedLength = 0; // From now on in a claim in the ring.
        One(6, ping => sender.Send(ping));
    }

    protected override void ReceiveInAllWays(ObjectReceiver<Ping> receiver)
    {
        Got(receiver.Receive());
        Require(receiver.TryReceive(out Ping ping, Long), "No message arrived.");
        Got(ping);
        for (int drained = 0; drained == 0; drained = receiver.Drain(Got, maxMessages: 1))
        {
            LetOthersStep();
        }

        foreach (Ping next in receiver.ReadAll().Take(3))
        {
            Got(next);
        }
    }
}

/// <summary>Bytes, in the ways that no other program covers.</summary>
internal sealed class ByteWays : WaysProgram<ExclusiveByteSender, ByteReceiver>
{
    protected override ByteReceiver OpenReceiver() => ByteReceiver.OpenOrCreate(Name, Options);

    protected override ExclusiveByteSender OpenSender() => ExclusiveByteSender.Open(Name);

    protected override void SendInAllWays(ExclusiveByteSender sender)
    {
        One(1, ping => sender.Send(Message(ping.Number)));
        One(2, ping => Require(sender.TrySend(Message(ping.Number), Long), "No room was made."));
        Two(3, pings => sender.SendBatch([.. pings.Select(static ping => (ReadOnlyMemory<byte>)Message(ping.Number))]));
        One(5, ping => sender.Send(Message(ping.Number)));
        One(6, ping => sender.SendWhenEmpty(Message(ping.Number)));
    }

    protected override void ReceiveInAllWays(ByteReceiver receiver)
    {
        byte[] buffer = new byte[64];
        Require(receiver.TryReceive(buffer, out int length, Long), "No message arrived.");
        Got(buffer.AsSpan(0, length));
        Require(receiver.TryReceiveInPlace(out ReceivedBytes second, Long), "No message arrived.");
        Got(second.Payload);
        second.Dispose();
        using (HeldBytes held = receiver.Hold())
        {
            Got(held.Payload);
        }

        foreach (ReceivedBytes message in receiver.ReadAll())
        {
            Got(message.Payload);
            break;
        }

        for (int drained = 0; drained < 2; drained += receiver.Drain(message => Got(message.Payload)))
        {
            LetOthersStep();
        }
    }
}
