using IpMpsc.Ring;
using IpMpsc.Segments;
using IpMpsc.Sending;
using IpMpsc.Tests.Support;
using IpMpsc.Waiting;

namespace IpMpsc.Tests.Waiting;

/// <summary>An exception of a check on the waiter thread reaches the calls that wait for it, and no others.</summary>
[CancelAfter(60_000)]
public sealed class FailedLookTests : ChannelFixture
{
    [Test]
    public async Task EverySendThatWaitsGetsTheException(CancellationToken watchdog)
    {
        using ByteReceiver receiver = ByteReceiver.Create(ChannelPath);
        Attachment attachment = Attachments.Join(ChannelPath, ChannelRole.Sender);
        ProducerPool pool = new(attachment, "test", failsWithoutReceiver: false, SpinBudget.Adaptive);
        FailingSource source = new(pool) { HasNoProducer = true };
        SendQueue<StoredPayload> queue = new(source, attachment);
        Task first = queue.SendAsync(new StoredPayload("first"u8.ToArray()), watchdog).AsTask();
        Task second = queue.SendAsync(new StoredPayload("second"u8.ToArray()), watchdog).AsTask();
        Task room = queue.WaitForRoomAsync(8, watchdog).AsTask();
        Assert.That(first.IsCompleted || second.IsCompleted || room.IsCompleted, Is.False, "The sends do not wait for a producer.");

        InvalidDataException failure = new("The check fails.");
        source.Failure = failure;

        foreach (Task waiting in (Task[])[first, second, room])
        {
            Assert.That(async () => await waiting.WaitAsync(watchdog), Throws.Exception.SameAs(failure));
        }

        // The queue is usable again: nothing was sent, and the next send waits for its turn.
        Patience.Until(() => !queue.IsActive, "the wait ends");
        source.Failure = null;
        Task third = queue.SendAsync(new StoredPayload("third"u8.ToArray()), watchdog).AsTask();
        source.HasNoProducer = false;
        await third.WaitAsync(watchdog);
        Assert.That(receiver.Receive(watchdog), Is.EqualTo("third"u8.ToArray()));
        Assert.That(receiver.TryReceiveInPlace(out _), Is.False);
        pool.Close();
    }

    /// <summary>A pool that can pretend that all slots are taken, and whose check can fail with any exception.</summary>
    private sealed class FailingSource(ProducerPool pool) : IProducerSource
    {
        private volatile Exception? _failure;
        private volatile bool _hasNoProducer;

        public Exception? Failure
        {
            set => _failure = value;
        }

        public bool HasNoProducer
        {
            set => _hasNoProducer = value;
        }

        public RingProducer First => pool.First;

        public RingProducer? TryRent() =>
            _failure is { } failure ? throw failure : _hasNoProducer ? null : pool.TryRent();

        public RingProducer? Rent(in WaitLimit limit) => _hasNoProducer ? null : pool.Rent(limit);

        public void Return(RingProducer producer) => pool.Return(producer);

        public void ReturnReserved(RingProducer first) => pool.ReturnReserved(first);
    }
}
