using IpMpsc.Tests.Peer;
using IpMpsc.Tests.Peer.Probes;
using IpMpsc.Tests.Support;

namespace IpMpsc.Tests.Presence;

/// <summary>A message that needs half of the ring is not starved by small ones that take every bit of room at once.</summary>
public sealed class FairnessTests : ChannelFixture
{
    private const int Capacity = 1 << 16;
    private const int Floods = 3;
    private const int Large = 3;
    private const int Last = 4;
    private const int Rounds = 20;

    /// <summary>
    /// One lap until the request is noticed, and one until the message is let in. The margin, and the use of the median, are for machines
    /// with fewer processors than senders: the flood continues while the large sender waits to be scheduled.
    /// </summary>
    private const int MostLaps = 64;

    [Test]
    public void LargeMessageGetsThroughAFlood()
    {
        Receiver<VariableProbe>.Create(ChannelPath, new IpcChannelOptions { Capacity = Capacity }).Dispose();
        using ProbeBoard board = ProbeBoard.Create(Directory["board"]);
        using SegmentWords words = new(ChannelPath);
        using ProbeSender sender = ProbeKind.Variable.OpenSender(SenderFlavour.Exclusive, ChannelPath);
        Task collector = Background.Run(() => ProbeCollector.Collect(ProbeKind.Variable, ChannelPath, board, Last));
        List<PeerProcess> floods = [.. Enumerable.Range(0, Floods).Select(StartFlood)];
        floods.ForEach(flood => flood.Expect("open"));
        Patience.Until(() => words.Tail > 10 * Capacity, "the flood has filled ten laps");

        List<long> laps = [];
        for (int round = 0; round < Rounds; round++)
        {
            long before = words.Tail;
            Probe large = new(Large, round, (Capacity / 2) - 16);
            Background.Run(() => sender.Send(large)).Finish("A large message");
            laps.Add((words.Tail - before) / Capacity);
        }

        TestContext.Out.WriteLine($"laps: {string.Join(' ', laps)}");
        floods.ForEach(flood => flood.Say("!stop"));
        floods.ForEach(flood => flood.ExpectExit(ExitCode.Success));
        floods.ForEach(flood => flood.Dispose());
        sender.Send(new Probe(Last, 0, VariableProbe.MinSize));
        collector.Finish("Receiving the flood");
        Assert.That(board.NextOf(Large), Is.EqualTo(Rounds));
        Assert.That(laps.Order().ElementAt(Rounds / 2), Is.LessThanOrEqualTo(MostLaps));

        PeerProcess StartFlood(int number) => PeerProcess.Start(
            "flood", "Variable", "Exclusive", ChannelPath, Directory["board"], $"{number}", "200");
    }
}
