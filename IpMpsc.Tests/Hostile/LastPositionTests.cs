using IpMpsc.Layout;
using IpMpsc.Tests.Peer.Probes;
using IpMpsc.Tests.Support;

namespace IpMpsc.Tests.Hostile;

/// <summary>
/// No channel lives long enough to reach the last position, but a process that may write the file can put it there.
/// </summary>
public sealed class LastPositionTests
{
    private const int RecordSize = 64;

    [Test]
    public void BatchThatEndsAtTheLastPositionArrives()
    {
        using TestDirectory directory = new();
        string path = directory["channel"];
        Receiver<FixedProbe>.Create(path, new IpcChannelOptions { Capacity = 4096 }).Dispose();
        using (SegmentWords words = new(path))
        {
            long position = unchecked(long.MinValue - (2 * RecordSize)); // Two records before the sum wraps.
            words.Write(HeaderDescriptor.HeadOffset, position);
            words.Write(HeaderDescriptor.TailOffset, position);
        }

        using Receiver<FixedProbe> receiver = Receiver<FixedProbe>.Open(path);
        using ExclusiveSender<FixedProbe> sender = ExclusiveSender<FixedProbe>.Open(path);
        Probe[] probes = [new Probe(0, 1, FixedProbe.Size), new Probe(0, 2, FixedProbe.Size)];

        sender.SendBatch([.. probes.Select(FixedProbe.From)]);

        Assert.That(receiver.Receive().Verify(), Is.EqualTo(probes[0]));
        Assert.That(receiver.Receive().Verify(), Is.EqualTo(probes[1]));
    }
}
