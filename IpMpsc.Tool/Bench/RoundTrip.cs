using System.Diagnostics;

namespace IpMpsc.Tool.Bench;

/// <summary>One message of 32 bytes goes to another process and back, again and again.</summary>
internal static class RoundTrip
{
    public const string Role = "echo";

    private const int WarmUp = 2_000;

    /// <summary>After this time without a message a receiver that does not poll is asleep.</summary>
    private static readonly TimeSpan s_rest = TimeSpan.FromMicroseconds(100);

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    /// <summary>Measures for the given time.</summary>
    public static LatencyHistogram Measure(bool spin, TimeSpan time, CancellationToken cancellation)
    {
        using Receiver<Ping> replies = Receiver<Ping>.CreateTemporary(Options(spin));
        string requestPath = $"{replies.Path}-requests";
        try
        {
            using BenchPeer peer = new(Role, requestPath, replies.Path, $"{spin}");
            using ExclusiveSender<Ping> requests = ExclusiveSender<Ping>.Open(requestPath, Options(spin));
            return Measure(peer, requests, replies, spin ? TimeSpan.Zero : s_rest, time, cancellation);
        }
        finally
        {
            IpcChannel.Delete(requestPath, evenIfInUse: true); // The peer may have been killed before it could.
        }
    }

    /// <summary>The other process: returns each message until all senders have left.</summary>
    public static void Echo(string requestPath, string replyPath, bool spin)
    {
        using Receiver<Ping> requests = Receiver<Ping>.Create(
            requestPath, new IpcChannelOptions { DeleteOnDispose = true, EndWithSenders = true, WaitStrategy = Options(spin).WaitStrategy });
        using ExclusiveSender<Ping> replies = ExclusiveSender<Ping>.Open(replyPath, Options(spin));
        Console.Out.WriteLine(BenchPeer.Ready);
        try
        {
            while (true)
            {
                Ping ping = requests.Receive();
                replies.Send(in ping);
            }
        }
        catch (ChannelException error) when (error is ChannelCompletedException or ChannelRetiredException)
        {
            // The measurement is over.
        }
    }

    private static LatencyHistogram Measure(
        BenchPeer peer,
        ExclusiveSender<Ping> requests,
        Receiver<Ping> replies,
        TimeSpan rest,
        TimeSpan time,
        CancellationToken cancellation)
    {
        for (long number = -WarmUp; number < 0; number++)
        {
            Go(peer, requests, replies, number, cancellation);
        }

        LatencyHistogram times = new();
        long start = Stopwatch.GetTimestamp();
        long before = start;
        while (Stopwatch.GetElapsedTime(start, before) < time)
        {
            while (Stopwatch.GetElapsedTime(before) < rest)
            {
                Thread.SpinWait(10);
            }

            before = Stopwatch.GetTimestamp();
            Go(peer, requests, replies, times.Count, cancellation);
            long after = Stopwatch.GetTimestamp();
            times.Add(after - before);
            before = after;
        }

        return times;
    }

    private static void Go(BenchPeer peer, ExclusiveSender<Ping> requests, Receiver<Ping> replies, long number, CancellationToken cancellation)
    {
        requests.Send(new Ping { Number = number }, cancellation);
        if (!replies.TryReceive(out Ping reply, s_patience, cancellation) || reply.Number != number)
        {
            throw peer.Failure();
        }
    }

    private static IpcChannelOptions Options(bool spin) => new() { WaitStrategy = spin ? WaitStrategy.SpinOnly : WaitStrategy.BlockOnly };
}
