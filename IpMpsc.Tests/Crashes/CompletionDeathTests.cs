using IpMpsc.Tests.Support;

namespace IpMpsc.Tests.Crashes;

/// <summary>A receiver is killed while it checks whether its channel is completed, or while it leaves a completed one: the next one is told of the end.</summary>
public sealed class CompletionDeathTests : ChannelFixture
{
    public static readonly string[] Steps = ["complete.read-joins", "complete.read-tail", "complete.recheck-joins", "complete.store"];

    [Test]
    public void TheNextReceiverIsToldOfTheEnd([ValueSource(nameof(Steps))] string step)
    {
        ByteReceiver.Create(ChannelPath).Dispose();
        using (ByteSender sender = ByteSender.Open(ChannelPath))
        {
            sender.Send([1]);
        }

        using (PeerProcess victim = PeerProcess.Start(CrashOrder.Kill(step), "complete", ChannelPath))
        {
            victim.Say("leave");
            victim.ExpectKilled();
        }

        using ByteReceiver next = ByteReceiver.Open(ChannelPath, new IpcChannelOptions { EndWithSenders = true });
        Failure.Of(() => next.Receive()).Expect<ChannelCompletedException>(ChannelPath);
    }
}
