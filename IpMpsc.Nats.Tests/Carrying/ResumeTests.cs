using IpMpsc.Nats.Tests.Support;

namespace IpMpsc.Nats.Tests.Carrying;

/// <summary>A bridge restarts, and finds what happened to its channel or stream meanwhile.</summary>
internal sealed class ResumeTests : BridgeFixture
{
    [Test]
    public void ChannelThatWasCreatedAnewContinuesTheStream()
    {
        Traffic.Send(Origin, 0, 1_000);
        using (RunningBridge first = Out())
        {
            Patience.Until(() => first.Status.Messages == 1_000, "the first channel is empty");
        }

        IpcChannel.Delete(Origin);
        Traffic.Send(Origin, 0, 1_000, first: 1_000); // Its positions begin at 0 again.
        Out();
        In();
        Traffic.ReceiveAll(Target, 2_000);
    }

    [Test]
    public void ChannelThatIsDeletedUnderTheBridgeIsEmptiedAndItsSuccessorFollows()
    {
        Traffic.Send(Origin, 0, 500);
        In();
        Out().AwaitRunning();
        Server.Pause();
        Traffic.Send(Origin, 0, 500, first: 500);
        IpcChannel.Delete(Origin, evenIfInUse: true);
        Server.Continue();
        Traffic.Send(Origin, 1, 1_000);
        Traffic.ReceiveAll(Target, 1_000, 1_000);
    }

    [Test]
    public void TargetThatWasCreatedAnewGetsWhatTheStreamHolds()
    {
        Traffic.Send(Origin, 0, 1_000);
        Out();
        using (In())
        {
            Traffic.ReceiveAll(Target, 1_000);
        }

        IpcChannel.Delete(Target);
        In();
        Traffic.ReceiveAll(Target, 1_000);
    }

    [Test]
    public void StreamThatWasCreatedAnewIsTakenFromItsBeginning()
    {
        Traffic.Send(Origin, 0, 1_000);
        using (RunningBridge source = Out())
        using (In())
        {
            Traffic.ReceiveAll(Target, 1_000);
        }

        BrokerCalls.Delete(Server.Url, Stream);
        Traffic.Send(Origin, 0, 10);
        Out();
        In();
        Traffic.ReceiveAll(Target, 10);
    }

    [Test]
    public void MessagesThatTheStreamAlreadyHasAreSkipped()
    {
        Traffic.Send(Origin, 0, 500);
        Guid id = IpcChannel.Inspect(Origin).Id;
        using (ChannelObserver observer = ChannelObserver.Open(Origin))
        {
            // The state that a source leaves if it is killed between the acknowledgement and the release.
            BrokerCalls.Put(Server.Url, Stream, "ticks", id, observer.Peek().Messages.Take(300));
        }

        RunningBridge source = Out();
        In();
        Traffic.ReceiveAll(Target, 500);
        source.ExpectMessages(200);
    }

    [Test]
    public void SinkThatHasSentPartOfABatchContinuesWithinIt()
    {
        Traffic.Send(Origin, 0, 2_000);
        Out(configure: options => options.BatchBytes = 1 << 20);
        IpcChannelOptions small = new() { Capacity = 4096 };
        using (RunningBridge sink = In(channelOptions: small))
        {
            sink.AwaitReason(BridgeState.Waiting, "room in channel"); // It waits in the middle of a batch.
        }

        In(channelOptions: small);
        Traffic.ReceiveAll(Target, 2_000);
    }
}
