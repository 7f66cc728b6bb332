using System.Globalization;
using System.Text.RegularExpressions;
using IpMpsc.Native.Tests.Support;
using IpMpsc.Tests.Hostile;
using IpMpsc.Tests.Peer;
using IpMpsc.Tests.Peer.Probes;
using IpMpsc.Tests.Support;

namespace IpMpsc.Native.Tests.Live;

/// <summary>
/// Two programs in C write into a channel from outside while .NET senders and a receiver use it. The participants throw documented exceptions, and never crash, hang
/// or read outside of the mapping. A crash would end their process, and one that hangs would not finish its round.
/// </summary>
[Category("Native")]
[TestFixture(ProbeKind.Fixed), TestFixture(ProbeKind.Variable)]
public sealed partial class OutsideWriterTests(ProbeKind kind) : ChannelFixture
{
    private const int WritesOfRound = 2_000;

    [Test]
    public void PeersEndureForeignWrites() => Campaign(rounds: 5);

    /// <summary>Runs as many rounds as the parameter <c>rounds</c> says.</summary>
    [Test]
    [Explicit("Each round takes about half a second")]
    [Category("Writers")]
    [Property(WatchdogAttribute.Minutes, 120)]
    public void PeersEndureManyRoundsOfForeignWrites() =>
        Campaign(int.Parse(TestContext.Parameters.Get("rounds", "1000"), CultureInfo.InvariantCulture));

    private void Campaign(int rounds)
    {
        int seed = Environment.GetEnvironmentVariable("IPMPSC_SEED") is { } given
            ? int.Parse(given, CultureInfo.InvariantCulture)
            : Random.Shared.Next();
        TestContext.Out.WriteLine($"IPMPSC_SEED={seed}");
        Random random = new(seed);
        _ = NativeBuild.Writer; // Skips the test where there is no compiler.
        using ProbeBoard board = ProbeBoard.Create(Directory["board"]);
        List<PeerProcess> peers = [StartPeer("receive"), StartPeer("send"), StartPeer("send")];
        try
        {
            peers.ForEach(peer => peer.Expect("ready"));
            SortedDictionary<string, long> writes = [];
            for (int round = 0; round < rounds; round++)
            {
                RunRound(Directory[$"channel-{round}"], peers, random, writes);
            }

            TestContext.Out.WriteLine(
                $"{board.Turns:N0} turns of the peers; {string.Join(", ", writes.Select(pair => $"{pair.Value:N0} {pair.Key}"))}");
            Assert.That(board.Turns, Is.GreaterThan(rounds * peers.Count), "The peers have made no progress.");
            peers.ForEach(peer => peer.Say("close"));
            peers.ForEach(peer => peer.ExpectExit(ExitCode.Success));
        }
        finally
        {
            peers.ForEach(peer => peer.Dispose());
        }
    }

    private static void RunRound(string path, List<PeerProcess> peers, Random random, SortedDictionary<string, long> writes)
    {
        foreach (PeerProcess peer in peers)
        {
            peer.Say(path);
            peer.Expect("begun");
        }

        using NativeProcess first = NativeProcess.StartWriter(path, random.Next(), WritesOfRound);
        using NativeProcess second = NativeProcess.StartWriter(path, random.Next(), WritesOfRound);
        NativeProcess[] writers = [first, second];
        Array.ForEach(writers, writer => writer.Expect("ready")); // Both have read the header while it was valid.
        Array.ForEach(writers, writer => writer.Say("go"));
        foreach (NativeProcess writer in writers)
        {
            foreach (Match count in Count().Matches(writer.Listen()))
            {
                string what = count.Groups["what"].Value;
                writes[what] = writes.GetValueOrDefault(what) + long.Parse(count.Groups["count"].Value, CultureInfo.InvariantCulture);
            }

            writer.ExpectSuccess();
        }

        peers.ForEach(peer => peer.Say("!stop"));
        peers.ForEach(peer => peer.Expect("done"));
        DamagedChannel.RequireReplaceable(path);
    }

    private PeerProcess StartPeer(string role) => PeerProcess.Start("endure", role, $"{kind}", Directory["board"]);

    [GeneratedRegex("(?<what>[a-z]+) (?<count>[0-9]+)")]
    private static partial Regex Count();
}
