using IpMpsc.Nats.Tests.Support;

namespace IpMpsc.Nats.Tests.Carrying;

/// <summary>Several channels into one stream, and one stream into several channels.</summary>
internal sealed class FanTests : BridgeFixture
{
    private const long Count = 5_000;

    [Test]
    public void ThreeChannelsFanIn()
    {
        Task[] producers =
        [
            .. Enumerable.Range(0, 3).Select(producer => Background.Run(() => Traffic.Send(Here[$"ticks{producer}"], producer, Count))),
        ];
        foreach (int producer in Enumerable.Range(0, 3))
        {
            Out(Here[$"ticks{producer}"]);
        }

        In();
        Traffic.ReceiveAll(Target, Count, Count, Count);
        Task.WhenAll(producers).Finish("the producers");
    }

    [Test]
    public void ChannelThatIsAloneAgainHasItsWindowBack()
    {
        Traffic.Send(Here["a"], 0, 10);
        Traffic.Send(Here["b"], 1, 10);
        RunningBridge first = Out(Here["a"], options => options.BatchBytes = 256), second = Out(Here["b"]);
        In();
        Patience.Until(() => first.Status.Messages == 10 && second.Status.Messages == 10, "both have carried theirs");
        Traffic.Send(Here["a"], 0, 2_000, first: 10);
        Traffic.Send(Here["b"], 1, 10, first: 10);
        Traffic.Send(Here["a"], 0, 2_000, first: 2_010);

        Traffic.ReceiveAll(Target, 4_010, 20);
    }

    [Test]
    public void ChannelsOfTheSameNameOnTwoMachinesFanIn()
    {
        using TestDirectory other = new();
        Traffic.Send(Origin, 0, Count);
        Traffic.Send(other["ticks"], 1, Count);
        Out();
        Out(other["ticks"]);
        In();
        Traffic.ReceiveAll(Target, Count, Count);
    }

    [Test]
    public void StreamFansOutToTwoChannels()
    {
        using TestDirectory elsewhere = new();
        Traffic.Send(Origin, 0, Count);
        Out();
        In();
        Traffic.ReceiveAll(Target, Count);
        using (In(elsewhere["ticks"])) // A channel that joins later gets everything, too.
        {
            Traffic.ReceiveAll(elsewhere["ticks"], Count);
            Traffic.Send(Origin, 0, Count);
            Traffic.ReceiveAll(elsewhere["ticks"], Count);
            Traffic.ReceiveAll(Target, Count);
        }
    }

    [Test]
    public void NewChannelBeginsAtTheSequenceThatItIsTold()
    {
        Traffic.Send(Origin, 0, 10);
        RunningBridge source = Out();
        Patience.Until(() => source.Status.Messages == 10, "the first are in the stream");
        ulong last = BrokerCalls.Info(Server.Url, Stream).State.LastSeq;
        Traffic.Send(Origin, 0, 10);
        In(configure: options => options.FirstSequence = (long)last + 1);
        Traffic.ReceiveAll(Target, 10);
    }
}
