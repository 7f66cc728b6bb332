using IpMpsc.Tests.Peer;
using IpMpsc.Tests.Support;

namespace IpMpsc.Tests.Files;

/// <summary>Many processes create or open one channel at once: one of them creates it, and all use the same one.</summary>
public sealed class RacingCreateTests : ChannelFixture
{
    [Test]
    public void OneOfManyCreatorsWins() => RaceToCreate(processes: 12, rounds: 8);

    [Test]
    public void AllMeetInTheChannelThatOneOfThemMakes() => RaceToOpenOrCreate(receivers: 4, senders: 8, rounds: 8);

    [Test]
    public void OpenersOfAChannelInTheMakingFindItOrNothing() => RaceToOpen(openers: 10, rounds: 8);

    /// <summary>On Windows the name may have no file for an instant.</summary>
    [Test]
    public void OpenersFindAChannelThatIsReplacedAgainAndAgain()
    {
        const int Rounds = 100;
        ByteReceiver.Create(ChannelPath).Dispose();
        int opened = 0;
        using CancellationTokenSource end = new();
        Task opening = Background.Run(() =>
        {
            while (!end.IsCancellationRequested)
            {
                ByteSender.Open(ChannelPath).Dispose();
                Assert.That(IpcChannel.Exists(ChannelPath));
                Volatile.Write(ref opened, opened + 1);
            }
        });
        for (int replaced = 0, seen = 0; replaced < Rounds && !opening.IsCompleted;)
        {
            try
            {
                ByteReceiver.Replace(ChannelPath).Dispose();
                replaced++;
            }
            catch (ChannelInUseException)
            {
                Patience.Until(() => opening.IsCompleted || Volatile.Read(ref opened) > seen, "the sender leaves"); // It was in the channel.
                seen = Volatile.Read(ref opened);
            }
        }

        end.Cancel();
        opening.Finish("Opening");
        Assert.That(Directory.Names, Is.EqualTo(["channel"]));
    }

    [Test]
    [Explicit("Starts a hundred processes"), Category("Matrix")]
    public void AHundredProcesses()
    {
        RaceToCreate(processes: 100, rounds: 3);
        RaceToOpenOrCreate(receivers: 40, senders: 60, rounds: 3);
        RaceToOpen(openers: 99, rounds: 3);
    }

    private void RaceToCreate(int processes, int rounds) => Race(rounds, Enumerable.Repeat("create", processes), (path, racers) =>
    {
        Racer winner = racers.Single(racer => racer.Won);
        Assert.That(racers.Where(racer => !racer.Won).Select(racer => racer.Answer), Has.All.EqualTo(Racer.Failed));
        ChannelInfo channel = IpcChannel.Inspect(path);
        Assert.That(channel.Receiver!.ProcessId, Is.EqualTo(winner.ProcessId));
        Assert.That(channel.IsReceiverAttached);
    });

    private void RaceToOpenOrCreate(int receivers, int senders, int rounds)
    {
        IEnumerable<string> calls =
            [.. Enumerable.Repeat("open-or-create", receivers), .. Enumerable.Repeat("open-or-create-sender", senders)];
        Race(rounds, calls, (path, racers) =>
        {
            int receiver = racers.Single(racer => racer.Call == "open-or-create" && racer.Won).ProcessId;
            IEnumerable<Racer> sending = racers.Where(racer => racer.Call == "open-or-create-sender");
            Assert.That(sending.Select(racer => racer.Won), Has.All.True);
            ChannelInfo channel = IpcChannel.Inspect(path);
            Assert.That(channel.Receiver!.ProcessId, Is.EqualTo(receiver));
            Assert.That(
                channel.Senders.Where(sender => sender.IsAttached).Select(sender => sender.Participant.ProcessId),
                Is.EquivalentTo(sending.Select(racer => racer.ProcessId)));
        });
    }

    private void RaceToOpen(int openers, int rounds) => Race(rounds, ["create", .. Enumerable.Repeat("open-sender", openers)], (path, racers) =>
    {
        Assert.That(racers[0].Won);
        Assert.That(racers.Select(racer => racer.Answer), Has.All.AnyOf(Racer.Done, Racer.Failed));
        Assert.That(
            IpcChannel.Inspect(path).Senders.Where(sender => sender.IsAttached).Select(sender => sender.Participant.ProcessId),
            Is.EquivalentTo(racers.Skip(1).Where(racer => racer.Won).Select(racer => racer.ProcessId)));
    });

    /// <summary>Lets processes make their calls at once, judges the outcome while all of them stay, and looks for leftovers.</summary>
    private void Race(int rounds, IEnumerable<string> calls, Action<string, IReadOnlyList<Racer>> judge)
    {
        List<Racer> racers = [.. calls.Select(call => new Racer(call))];
        for (int round = 0; round < rounds; round++)
        {
            string path = Directory[$"channel-{round}"];
            racers.ForEach(racer => racer.Start(path));
            racers.ForEach(racer => racer.Listen());
            judge(path, racers);
            racers.ForEach(racer => racer.Leave());
            Assert.That(Directory.Names, Is.EqualTo([$"channel-{round}"]));
            Assert.That(IpcChannel.Delete(path));
        }

        racers.ForEach(racer => racer.Dispose());
    }
}
