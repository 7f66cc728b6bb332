using IpMpsc.Tests.Support;

namespace IpMpsc.Tests.Presence;

/// <summary>
/// A process that only checks which others are alive takes no place from them. On Windows, the check itself takes a lock.
/// </summary>
public sealed class LookTests : ChannelFixture
{
    [Test]
    public void ReceiversComeAndGoWhileSendersLook()
    {
        ByteReceiver.Create(ChannelPath).Dispose();
        using ByteSender first = ByteSender.Open(ChannelPath);
        using ByteSender second = ByteSender.Open(ChannelPath);
        using CancellationTokenSource end = new();
        Task[] looking = [.. new[] { first, second }.Select(sender => Background.Run(() => Look(sender, end.Token)))];

        for (int round = 0; round < 300; round++)
        {
            using ByteReceiver receiver = ByteReceiver.Open(ChannelPath);
            Assert.That(first.IsReceiverAttached, "A check by another process does not hide the receiver.");
        }

        end.Cancel();
        Task.WhenAll(looking).Finish("Looking");
        Assert.That(first.IsReceiverAttached, Is.False);
    }

    [Test]
    public void SendersComeAndGoWhileOthersInspect()
    {
        using ByteReceiver receiver = ByteReceiver.Create(ChannelPath, new IpcChannelOptions { MaxSenders = 1 });
        using CancellationTokenSource end = new();
        Task inspecting = Background.Run(() =>
        {
            while (!end.IsCancellationRequested)
            {
                IpcChannel.Inspect(ChannelPath);
            }
        });

        for (int round = 0; round < 300; round++)
        {
            using ByteSender sender = ByteSender.Open(ChannelPath);
        }

        end.Cancel();
        inspecting.Finish("Inspecting");
    }

    private static void Look(ByteSender sender, CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            _ = sender.IsReceiverAttached;
        }
    }
}
