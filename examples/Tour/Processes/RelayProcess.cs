namespace IpMpsc.Examples.Tour;

/// <summary>A receiver process that reports what it receives. The first one is killed, the second one takes its place.</summary>
internal sealed class RelayProcess(string channel, string seen, int id)
{
    private readonly Cues _cues = new();

    public void Run()
    {
        using ExclusiveSender<Seen> report = ExclusiveSender<Seen>.Open(seen);
        report.Send(new Seen { Receiver = id, Sequence = -1 });
        _cues.Await();

        using Receiver<Quote> receiver = OpenWhenFree();
        foreach (ReceivedMessage<Quote> message in receiver.ReadAll(_cues.TourEnded))
        {
            Quote quote = message.Read();
            bool isLast = quote.Instrument == EndlessSender.EndOfStream;
            report.Send(
                new Seen
                {
                    Receiver = id,
                    Sequence = quote.Sequence,
                    IsLast = isLast,
                    IsIntact = isLast || quote.Equals(Quote.Of(EndlessSender.Id, quote.Sequence)),
                },
                _cues.TourEnded);
            if (isLast)
            {
                return;
            }
        }
    }

    /// <summary>The place of a killed receiver becomes free once the kernel has ended its process.</summary>
    private Receiver<Quote> OpenWhenFree()
    {
        while (true)
        {
            try
            {
                return Receiver<Quote>.OpenOrCreate(channel);
            }
            catch (ChannelInUseException)
            {
                _cues.TourEnded.ThrowIfCancellationRequested();
                Thread.Yield();
            }
        }
    }
}
