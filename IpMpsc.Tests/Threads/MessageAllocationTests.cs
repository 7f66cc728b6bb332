using IpMpsc.Tests.Peer.Probes;
using IpMpsc.Tests.Support;

namespace IpMpsc.Tests.Threads;

/// <summary>No path allocates managed memory for a message, unless the caller asks for an object.</summary>
public sealed class MessageAllocationTests : ChannelFixture
{
    private const int Count = 100_000;
    private static long s_sum;

    [Test]
    public void FixedSizeMessages([Values] bool exclusive)
    {
        using Receiver<FixedProbe> receiver = Receiver<FixedProbe>.Create(ChannelPath);
        using Sender<FixedProbe> shared = Sender<FixedProbe>.Open(ChannelPath);
        using ExclusiveSender<FixedProbe> mine = ExclusiveSender<FixedProbe>.Open(ChannelPath);
        FixedProbe message = FixedProbe.From(new Probe(1, 2, FixedProbe.Size));
        FixedProbe[] batch = [message, message, message];
        TimeSpan timeout = TimeSpan.FromSeconds(1);

        ExpectNone(() =>
        {
            if (exclusive)
            {
                mine.Send(message);
                s_sum += mine.TrySend(message, timeout) ? 1 : 0;
                mine.SendBatch(batch);
                s_sum += mine.TrySendBatch(batch);
                using Claim<FixedProbe> claim = mine.Claim();
                claim.Writer.Sequence = 3;
                claim.Commit();
            }
            else
            {
                shared.Send(message);
                s_sum += shared.TrySend(message, timeout) ? 1 : 0;
                shared.SendBatch(batch);
                s_sum += shared.TrySendBatch(batch);
                using Claim<FixedProbe> claim = shared.Claim();
                claim.Writer.Sequence = 3;
                claim.Commit();
            }

            s_sum += receiver.Receive().Sequence;
            receiver.TryReceive(out FixedProbe copy);
            receiver.TryReceive(out copy, timeout);
            s_sum += copy.Sequence;
            using (ReceivedMessage<FixedProbe> inPlace = receiver.ReceiveInPlace())
            {
                s_sum += inPlace.View.Sequence;
            }

            foreach (ReceivedMessage<FixedProbe> inPlace in receiver.ReadAll())
            {
                s_sum += inPlace.View.Sequence;
                break;
            }

            receiver.Drain(static inPlace => s_sum += inPlace.View.Sequence);
        });
    }

    [Test]
    public void VariableSizeMessagesInPlace()
    {
        using Receiver<VariableProbe> receiver = Receiver<VariableProbe>.Create(ChannelPath);
        using Sender<VariableProbe> shared = Sender<VariableProbe>.Open(ChannelPath);
        using ExclusiveSender<VariableProbe> mine = ExclusiveSender<VariableProbe>.Open(ChannelPath);
        VariableProbe owned = VariableProbe.From(new Probe(1, 2, 200));
        Probe probe = new(1, 3, 300);

        ExpectNone(() =>
        {
            shared.Send(owned);
            mine.Send(owned);
            using (Claim<VariableProbe> claim = VariableProbe.Claim(shared, probe, default))
            {
                VariableProbe.Fill(claim, probe);
                claim.Commit();
            }

            using (Claim<VariableProbe> claim = VariableProbe.Claim(mine, probe, default))
            {
                claim.Writer.Data.Fill(1);
                claim.Abort();
            }

            while (receiver.TryReceiveInPlace(out ReceivedMessage<VariableProbe> message))
            {
                using (message)
                {
                    s_sum += VariableProbe.Verify(message).Length + message.View.Text.Length;
                }
            }
        });
    }

    [Test]
    public void RawBytes()
    {
        using ByteReceiver receiver = ByteReceiver.Create(ChannelPath);
        using ByteSender sender = ByteSender.Open(ChannelPath);
        byte[] payload = new byte[100];
        byte[] buffer = new byte[200];

        ExpectNone(() =>
        {
            sender.Send(payload);
            s_sum += sender.TrySend(payload) ? 1 : 0;
            using (ByteClaim claim = sender.Claim(150))
            {
                payload.CopyTo(claim.Payload);
                claim.Commit();
            }

            receiver.TryReceive(buffer, out int length);
            s_sum += length;
            while (receiver.TryReceiveInPlace(out ReceivedBytes message))
            {
                using (message)
                {
                    s_sum += message.Payload.Length;
                }
            }

            sender.Send(payload);
            sender.Send(payload);
            foreach (ReceivedBytes message in receiver.ReadAll())
            {
                s_sum += message.Payload.Length;
                break;
            }

            receiver.Drain(static message => s_sum += message.Payload.Length);
        });
    }

    [Test]
    public void WaitingForEachOther()
    {
        const int count = 20_000;
        using Receiver<FixedProbe> there = Receiver<FixedProbe>.Create(ChannelPath, new IpcChannelOptions { Capacity = 64 });
        using Receiver<FixedProbe> back = Receiver<FixedProbe>.Create(Directory["back"], new IpcChannelOptions { Capacity = 64 });
        using ExclusiveSender<FixedProbe> ping = ExclusiveSender<FixedProbe>.Open(ChannelPath);
        FixedProbe message = FixedProbe.From(new Probe(1, 2, FixedProbe.Size));
        Task echo = Background.Run(() =>
        {
            using ExclusiveSender<FixedProbe> pong = ExclusiveSender<FixedProbe>.Open(Directory["back"]);
            for (int round = 0; round < count + 1_000; round++)
            {
                pong.Send(there.Receive());
            }
        });

        ExpectNone(
            () =>
            {
                ping.Send(message);
                s_sum += back.Receive().Sequence;
            },
            count);
        echo.Finish("The other side");
    }

    private static void ExpectNone(Action step, int count = Count / 10)
    {
        // The first calls are compiled, and fill caches that stay.
        for (int warming = 0; warming < 1_000; warming++)
        {
            step();
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int round = 0; round < count; round++)
        {
            step();
        }

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }
}
