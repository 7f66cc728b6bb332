using IpMpsc.Layout;
using IpMpsc.Ring;
using IpMpsc.Segments;
using IpMpsc.Tests.Support;

namespace IpMpsc.Tests.Presence;

/// <summary>How long a sender holds back for another one that has priority.</summary>
public sealed class PriorityTests : ChannelFixture
{
    private const int Other = 1;

    private static readonly uint s_priority = ChannelState.WithPriority(0, Other);

    /// <summary>The second request is one of its own: it is not as old as the first.</summary>
    [Test]
    public void EachRequestIsGivenItsTime([Values] bool givesUp)
    {
        ByteReceiver.Create(ChannelPath).Dispose();
        Attachment attachment = Attachments.Join(ChannelPath, ChannelRole.Sender);
        PriorityRequest request = new(attachment, attachment.FirstSlot);

        Assert.That(request.MustHoldBack(s_priority), Is.True);
        long first = Environment.TickCount64;
        if (givesUp)
        {
            request.End();
        }
        else
        {
            Assert.That(request.MustHoldBack(0), Is.False);
        }

        Patience.Until(() => Environment.TickCount64 - first > 200, "the first request is old");
        Assert.That(request.MustHoldBack(s_priority), Is.True);
        attachment.RemoveUser();
    }
}
