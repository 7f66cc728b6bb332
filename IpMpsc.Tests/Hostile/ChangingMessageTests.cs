using System.Buffers;
using IpMpsc.Tests.Support;

namespace IpMpsc.Tests.Hostile;

/// <summary>
/// Messages that another thread changes while they are sent. What arrives is the caller's responsibility; the library guarantees
/// that it writes nothing outside of the claim, whose size was measured before.
/// </summary>
public sealed class ChangingMessageTests : ChannelFixture
{
    private static readonly byte[] s_small = [1, 2, 3];

    [Test]
    public void MessageOfABatchThatGrewIsRefused([Values(2, 20, 4000)] int size)
    {
        using Receiver<Blob> receiver = Receiver<Blob>.Create(ChannelPath, new IpcChannelOptions { Capacity = 4096 });
        using ExclusiveSender<Blob> sender = ExclusiveSender<Blob>.Open(ChannelPath);
        Blob[] blobs = new Blob[3];
        using Meddler meddler = new(() => blobs[2] = new Blob { Bytes = new byte[s_small.Length + (16 * size)] });
        blobs[0] = new Blob { Bytes = s_small };
        blobs[1] = new Blob { Bytes = meddler.Memory };
        blobs[2] = new Blob { Bytes = s_small };

        PartialBatchException error = Assert.Throws<PartialBatchException>(() => sender.SendBatch(blobs))!;
        Assert.That(error.InnerException, Is.InstanceOf<InvalidOperationException>().With.Message.Contains("changed"));
        Assert.That(error.SentCount, Is.EqualTo(2));

        Assert.That(receiver.Receive().Bytes.ToArray(), Is.EqualTo(s_small));
        Assert.That(receiver.Receive().Bytes.ToArray(), Is.EqualTo(s_small), "Messages that were written before are sent.");
        sender.Send(new Blob { Bytes = s_small });
        Assert.That(receiver.Receive().Bytes.ToArray(), Is.EqualTo(s_small), "The claim has ended, and the sender is usable.");
        Assert.That(receiver.TryReceive(out _), Is.False);
    }

    /// <summary>Memory that runs an action whenever it is read, in place of another thread that acts at this instant.</summary>
    private sealed class Meddler(Action meddle) : MemoryManager<byte>
    {
        public override Span<byte> GetSpan()
        {
            meddle();
            return s_small.ToArray();
        }

        public override Memory<byte> Memory => CreateMemory(s_small.Length);

        public override MemoryHandle Pin(int elementIndex = 0) => throw new NotSupportedException();

        public override void Unpin() => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
        }
    }
}
