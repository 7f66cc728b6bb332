using IpMpsc.Layout;
using IpMpsc.Ring;
using IpMpsc.Segments;
using IpMpsc.Tests.Support;

namespace IpMpsc.Tests.Hostile;

/// <summary>Another program writes into a header between its check and its use, or while it is read.</summary>
public sealed unsafe class ChangingHeaderTests : ChannelFixture
{
    /// <summary>A receiver at that position would read a stamp beyond the end of the mapping.</summary>
    [Test]
    public void HeadThatChangesAfterItsCheckLeadsToNoUnalignedPlace([Values(4095, 4089, -1, 8, long.MaxValue)] long head)
    {
        ByteReceiver.Create(ChannelPath, new IpcChannelOptions { Capacity = 4096 }).Dispose();
        Attachment attachment = Attachments.Join(ChannelPath, ChannelRole.Receiver);
        using (SegmentWords words = new(ChannelPath))
        {
            words.Write(HeaderDescriptor.HeadOffset, head);
        }

        RingConsumer consumer = new(attachment);

        Assert.That(consumer.Cursor % RecordDescriptor.Alignment, Is.Zero);
        Assert.That(consumer.TryTake(), Is.Not.EqualTo(ReceiveOutcome.Message));
        consumer.Close();
        attachment.RemoveUser();
    }

    /// <summary>A participant joins and writes its name while another process lists the participants.</summary>
    [Test]
    public void NameThatChangesWhileItIsReadIsReadAllTheSame()
    {
        byte* memory = stackalloc byte[IdentityDescriptor.Size];
        IdentityBlock identity = new(memory);
        bool done = false;
        Task writing = Background.Run(() =>
        {
            IdentityBlock block = new(memory);
            while (!Volatile.Read(ref done))
            {
                block.Write(1, DateTimeOffset.UnixEpoch, new string('x', IdentityDescriptor.NameSize));
                block.Write(1, DateTimeOffset.UnixEpoch, new string('\u20AC', IdentityDescriptor.NameSize / 3));
            }
        });
        try
        {
            for (int look = 0; look < 300_000; look++)
            {
                Assert.That(identity.Name.Length, Is.LessThanOrEqualTo(IdentityDescriptor.NameSize));
            }
        }
        finally
        {
            Volatile.Write(ref done, true);
            writing.Finish("Writing");
        }
    }
}
