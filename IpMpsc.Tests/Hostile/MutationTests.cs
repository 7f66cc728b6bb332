using System.Diagnostics;
using IpMpsc.Tests.Peer;
using IpMpsc.Tests.Peer.Probes;
using IpMpsc.Tests.Peer.Processes;
using IpMpsc.Tests.Support;

namespace IpMpsc.Tests.Hostile;

/// <summary>
/// Another process writes into the segment while both sides run: they report what is corrupt,
/// and never crash, hang or read outside of the mapping.
/// </summary>
[TestFixture(ProbeKind.Fixed, null), TestFixture(ProbeKind.Variable, null)]
[TestFixture(ProbeKind.Variable, 12_345u, Description = "A member of the channel's group writes")]
public sealed class MutationTests(ProbeKind kind, uint? member)
{
    private const uint Group = 34_567;

    private const int MutationsOfRound = 500;
    private const int Senders = 2;

    /// <summary>Turns of the peers' loops between two mutations: about ten for each peer, so that it meets the mutation.</summary>
    private const int TurnsOfMutation = 10 * (1 + Senders);

    /// <summary>The longest wait for these turns: a mutation may make the peers wait for each other.</summary>
    private static readonly TimeSpan s_mostOfMutation = TimeSpan.FromMilliseconds(1);

    private TestDirectory _directory = null!;
    private ProbeBoard _board = null!;
    private List<PeerProcess> _peers = null!;

    [SetUp]
    public void StartPeers()
    {
        _directory = new TestDirectory();
        if (member is not null)
        {
            BecomeOpenTo(_directory.Path);
        }

        _board = ProbeBoard.Create(_directory["board"]);
        _peers = [StartPeer("receive"), .. Enumerable.Range(0, Senders).Select(_ => StartPeer("send"))];
        _peers.ForEach(peer => peer.Expect("ready"));
    }

    [TearDown]
    public void EndPeers()
    {
        _peers.ForEach(peer => peer.Dispose());
        _board.Dispose();
        _directory.Dispose();
    }

    [Test]
    public void PeersEndureFiveThousandMutations() => Run(5_000);

    /// <summary>In ten parts, each of which fits into the watchdog's limit for one test.</summary>
    [Test]
    [Explicit("Takes a few minutes"), Category("Matrix")]
    public void PeersEndureTenTimesTenThousandMutations([Range(1, 10)] int part) => Run(10_000);

    private void Run(int mutations)
    {
        int seed = Random.Shared.Next();
        TestContext.Out.WriteLine($"seed {seed}");
        Random random = new(seed);
        int done = 0;
        for (int round = 0; done < mutations; round++)
        {
            done += RunRound(_directory[$"channel-{round}"], random);
        }

        TestContext.Out.WriteLine($"{done:N0} mutations, {_board.Turns:N0} turns of the peers");
        _peers.ForEach(peer => peer.Say("close"));
        _peers.ForEach(peer => peer.ExpectExit(ExitCode.Success));
    }

    private int RunRound(string path, Random random)
    {
        foreach (PeerProcess peer in _peers)
        {
            peer.Say(path);
            peer.Expect("begun");
        }

        int done = Mutate(path, random);
        _peers.ForEach(peer => peer.Say("!stop"));
        _peers.ForEach(peer => peer.Expect("done"));
        DamagedChannel.RequireReplaceable(path);
        return done;
    }

    /// <summary>Overwrites words until the round is over, or until a process took the channel for retired and removed its name.</summary>
    private int Mutate(string path, Random random)
    {
        using SegmentWords words = member is { } user ? OpenAs(user, path) : new(path);
        using ChannelObserver observer = ChannelObserver.Open(path);
        Mutator mutator = new(words, random);
        int done = 0;
        while (done < MutationsOfRound && (done % 10 != 0 || File.Exists(path)))
        {
            mutator.Mutate();
            done++;
            AwaitTurns();
            if (done % 50 == 0)
            {
                Inspect(path);
                observer.Inspect();
                observer.Peek(100);
            }
        }

        return done;
    }

    private void AwaitTurns()
    {
        long goal = _board.Turns + TurnsOfMutation;
        long start = Stopwatch.GetTimestamp();
        while (_board.Turns < goal && Stopwatch.GetElapsedTime(start) < s_mostOfMutation)
        {
            Thread.SpinWait(10); // Sleeping would take longer than the turns.
        }
    }

    /// <summary>Inspecting a mutated channel neither crashes nor hangs.</summary>
    private static void Inspect(string path)
    {
        try
        {
            IpcChannel.Inspect(path);
        }
        catch (ChannelException)
        {
            // Inspect reports what is wrong.
        }
    }

    private PeerProcess StartPeer(string role)
    {
        Dictionary<string, string> environment = [];
        if (member is not null)
        {
            environment[PeerAccess.SharingVariable] = $"{ChannelSharing.WithGroup($"{Group}")}";
        }

        return PeerProcess.Start(environment, "endure", role, $"{kind}", _directory["board"]);
    }

    private static void BecomeOpenTo(string directory)
    {
        if (OperatingSystem.IsLinux() && Environment.UserName == "root")
        {
            File.SetUnixFileMode(directory, (UnixFileMode)0b111_001_001);
        }
        else
        {
            Assert.Ignore("Only root may become another user.");
        }
    }

    /// <summary>Opens the channel for writing as another user, who is only in the group of the channel.</summary>
    private static SegmentWords OpenAs(uint user, string path)
    {
        SegmentWords? words = null;
        Assert.That(Posix.TryRunAs(user, Group, () => words = new SegmentWords(path)));
        return words!;
    }
}
