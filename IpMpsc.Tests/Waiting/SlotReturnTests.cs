using System.Runtime.CompilerServices;
using IpMpsc.Ring;
using IpMpsc.Segments;
using IpMpsc.Sending;
using IpMpsc.Tests.Support;
using IpMpsc.Waiting;

namespace IpMpsc.Tests.Waiting;

/// <summary>When slots are returned, who is notified, and what happens if the thread is interrupted.</summary>
public sealed class SlotReturnTests : ChannelFixture
{
    [Test]
    public void ASendThatWaitsForASlotGetsOneThatAnotherSenderGaveBack()
    {
        using Receiver<Tick> receiver = Receiver<Tick>.Create(ChannelPath, new IpcChannelOptions { MaxSenders = 2 });
        Sender<Tick> other = Sender<Tick>.Open(ChannelPath);
        using Sender<Tick> sender = Sender<Tick>.Open(ChannelPath);
        Assert.That(sender.TryClaim(out Claim<Tick> claim), Is.True); // Its only slot.
        Task send = Background.Run(() => sender.Send(default));
        Patience.Until(() => send.Status == TaskStatus.Running, "the send has begun");
        other.Dispose();
        send.Finish("A send that waits for a slot");
        claim.Commit();
    }

    [Test]
    public void SlotsOfABurstGoBackWhenTheyAreIdle()
    {
        const int Burst = 6;
        using Receiver<Tick> receiver = Receiver<Tick>.Create(ChannelPath);
        using Sender<Tick> sender = Sender<Tick>.Open(ChannelPath);
        Claim(Burst);
        Assert.That(Attached(), Is.EqualTo(Burst));
        Patience.Until(() => Attached() == 1, "the slots of the burst are returned");
        sender.Send(default);
        Claim(Burst);

        int Attached() => IpcChannel.Inspect(ChannelPath).Senders.Count(static slot => slot.IsAttached);

        void Claim(int depth)
        {
            Assert.That(sender.TryClaim(out Claim<Tick> claim), Is.True);
            if (depth > 1)
            {
                Claim(depth - 1);
            }

            claim.Commit();
        }
    }

    /// <summary>The message is already committed, so an exception would wrongly say that it was not sent.</summary>
    [Test]
    public void AnInterruptedThreadStillReturnsItsProducer()
    {
        ByteReceiver.Create(ChannelPath).Dispose();
        Attachment attachment = Attachments.Join(ChannelPath, ChannelRole.Sender);
        ProducerPool pool = new(attachment, "test", failsWithoutReceiver: false, SpinBudget.Adaptive);
        RingProducer first = pool.Rent(WaitLimit.Forever(default))!;
        RingProducer second = pool.Rent(WaitLimit.Forever(default))!;

        bool isInterruptedLater = false;
        Exception? thrown = null;
        Thread thread = new(() =>
        {
            try
            {
                pool.Return(second);
            }
            catch (ThreadInterruptedException e)
            {
                thrown = e;
            }

            try
            {
                Thread.Sleep(Timeout.Infinite);
            }
            catch (ThreadInterruptedException)
            {
                isInterruptedLater = true;
            }
        });
        lock (GateOf(pool))
        {
            thread.Start();
            Patience.Until(() => thread.ThreadState.HasFlag(ThreadState.WaitSleepJoin), "the return waits for the pool");
            thread.Interrupt();
        }

        Assert.That(thread.Join(TimeSpan.FromSeconds(60)), Is.True);
        Assert.That(thrown, Is.Null);
        Assert.That(isInterruptedLater, Is.True);
        Assert.That(pool.TryRent(), Is.SameAs(second));
        pool.Return(second);
        pool.Return(first);
        pool.Close();
    }

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_gate")]
    private static extern ref Lock GateOf(ProducerPool pool);
}
