using System.Diagnostics;

namespace IpMpsc.Examples.Tour;

/// <summary>
/// The process at the other end of the comparisons: answers pings, then sends quotes one at a time; first over channels,
/// then over a Unix socket.
/// </summary>
internal sealed class PartnerProcess(string pings, string pongs, string quotes, string socketPath)
{
    /// <summary>The sequence of the ping after which the partner goes on to its next task.</summary>
    public const long LastPing = -1;

    /// <summary>The instrument of a quote that is the last one of its stream.</summary>
    public const int EndOfStream = -1;

    /// <summary>How long each stream of quotes lasts.</summary>
    public static readonly TimeSpan StreamTime = TimeSpan.FromSeconds(0.6);

    /// <summary>Sends between two looks at the clock.</summary>
    private const int Burst = 256;

    private readonly Cues _cues = new();

    public void Run()
    {
        using Receiver<Ping> pingReceiver = Receiver<Ping>.Open(pings);
        using ExclusiveSender<Ping> pongSender = ExclusiveSender<Ping>.Open(pongs);
        using ExclusiveSender<Quote> quoteSender = ExclusiveSender<Quote>.Open(quotes);
        using UnixStream socket = UnixStream.Connect(socketPath);

        while (pingReceiver.Receive(_cues.TourEnded) is { Sequence: not LastPing } ping)
        {
            pongSender.Send(ping);
        }

        while (socket.TryReceive(out Ping ping) && ping.Sequence != LastPing)
        {
            socket.Send(ping);
        }

        _cues.Await();
        Stream(quote => quoteSender.Send(quote, _cues.TourEnded));
        _cues.Await();
        Stream(quote => socket.Send(quote));
    }

    private static void Stream(Action<Quote> send)
    {
        long start = Stopwatch.GetTimestamp();
        long sequence = 0;
        do
        {
            for (int count = 0; count < Burst; count++)
            {
                send(Quote.Of(sender: 0, sequence++));
            }
        }
        while (Stopwatch.GetElapsedTime(start) < StreamTime);

        send(new Quote { Instrument = EndOfStream, Sequence = sequence });
    }
}
