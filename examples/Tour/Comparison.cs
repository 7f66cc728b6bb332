using System.Diagnostics;
using System.Net.Sockets;

namespace IpMpsc.Examples.Tour;

/// <summary>Round trips and a stream of single messages, beside a Unix domain socket that does the same work.</summary>
internal sealed class Comparison(Crew crew) : IDisposable
{
    private static readonly TimeSpan s_tripTime = TimeSpan.FromSeconds(0.8);

    private readonly string _socketPath = Path.Join(Path.GetTempPath(), $"ipmpsc-tour-{Guid.NewGuid():N}");
    private readonly Receiver<Ping> _pongs = Receiver<Ping>.CreateTemporary();
    private readonly Receiver<Quote> _quotes = Receiver<Quote>.CreateTemporary();

    public IEnumerable<Finding> Run()
    {
        using Socket listener = UnixStream.Listen(_socketPath);
        using ExclusiveSender<Ping> pings = ExclusiveSender<Ping>.OpenOrCreate(_pongs.Path + "-pings");
        crew.Start("The partner", HiddenCommands.Partner, pings.Path, _pongs.Path, _quotes.Path, _socketPath);
        using UnixStream socket = UnixStream.Accept(listener);
        (Latencies ours, Latencies theirs) = MeasureTrips(pings, socket);
        yield return Compare("Round trip, median", ours.Median, theirs.Median);
        yield return Compare("Round trip, p99", ours.P99, theirs.P99);
        yield return MeasureStreams(socket);
        crew.AwaitEnd();
    }

    public void Dispose()
    {
        IpcChannel.Delete(_pongs.Path + "-pings", evenIfInUse: true);
        _pongs.Dispose();
        _quotes.Dispose();
        File.Delete(_socketPath);
    }

    private (Latencies Ours, Latencies Theirs) MeasureTrips(ExclusiveSender<Ping> pings, UnixStream socket)
    {
        Latencies ours = Display.Progress("Round trips", s_tripTime.Ticks, progress => Latencies.Measure(
            s_tripTime,
            sequence =>
            {
                pings.Send(new Ping { Sequence = sequence });
                return _pongs.Receive(crew.Ended).Sequence;
            },
            elapsed => progress(elapsed.Ticks)));
        pings.Send(new Ping { Sequence = PartnerProcess.LastPing });

        Latencies theirs = Display.Progress("... by socket", s_tripTime.Ticks, progress => Latencies.Measure(
            s_tripTime,
            sequence =>
            {
                socket.Send(new Ping { Sequence = sequence });
                return socket.TryReceive(out Ping pong) ? pong.Sequence : PartnerProcess.LastPing;
            },
            elapsed => progress(elapsed.Ticks)));
        socket.Send(new Ping { Sequence = PartnerProcess.LastPing });

        return (ours, theirs);
    }

    private static Finding Compare(string what, TimeSpan ours, TimeSpan theirs) =>
        new(what, Units.Of(ours), Units.Of(theirs), Units.Ratio(theirs / ours, "fast", "slow"), []);

    private Finding MeasureStreams(UnixStream socket)
    {
        List<string> complaints = [];
        double ours = Display.Progress("Single sends", 1, _ =>
        {
            crew.Cue();
            return RateOf("Single sends", () => _quotes.Receive(crew.Ended), complaints);
        });
        double theirs = Display.Progress("... by socket", 1, _ =>
        {
            crew.Cue();
            return RateOf("Single sends by socket", () => socket.TryReceive(out Quote quote) ? quote : default, complaints);
        });
        return new Finding(
            "Single sends, one sender", Units.Rate(ours), Units.Rate(theirs), Units.Ratio(ours / theirs, "many", "few"), complaints);
    }

    /// <summary>Receives a stream to its end, and compares each quote with the one that its sender made.</summary>
    private static double RateOf(string stream, Func<Quote> receive, List<string> complaints)
    {
        Quote quote = receive();
        long start = Stopwatch.GetTimestamp();
        long count = 0;
        long wrong = 0;
        for (; quote.Instrument != PartnerProcess.EndOfStream; quote = receive())
        {
            wrong += quote.Equals(Quote.Of(sender: 0, count)) ? 0 : 1;
            count++;
        }

        TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
        if (wrong > 0 || count != quote.Sequence)
        {
            complaints.Add($"{stream}: {quote.Sequence:N0} sent, {count:N0} received, {wrong:N0} of them wrong.");
        }

        return count / elapsed.TotalSeconds;
    }
}
