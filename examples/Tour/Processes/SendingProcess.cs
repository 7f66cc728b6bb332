using System.Runtime.CompilerServices;
using System.Text;

namespace IpMpsc.Examples.Tour;

/// <summary>One of the sender processes.</summary>
internal sealed class SendingProcess(TourChannels channels, int id, TourInput input)
{
    public const int Count = 4;

    public const int Quotes = 750_000;

    private const int BatchSize = 100;

    private readonly Cues _cues = new();

    public void Run()
    {
        using ExclusiveSender<Tally> tallies = ExclusiveSender<Tally>.Open(channels.Tallies);
        using ExclusiveSender<LogLine> lines = ExclusiveSender<LogLine>.Open(channels.Lines);
        using ExclusiveSender<Quote> quotes = ExclusiveSender<Quote>.Open(channels.Quotes);
        tallies.Send(NewTally(Stage.Start));

        _cues.Await();
        tallies.Send(SendLines(lines));

        _cues.Await();
        tallies.Send(SendQuotes(quotes));
    }

    /// <summary>Sends one by one; the library writes the text into the ring as UTF-8.</summary>
    private Tally SendLines(ExclusiveSender<LogLine> sender)
    {
        Tally tally = NewTally(Stage.Lines);
        foreach (string text in input.ReadLines())
        {
            LogLine line = new() { Sender = id, Sequence = tally.Messages, Text = text };
            sender.Send(line, _cues.TourEnded);

            byte[] utf8 = Encoding.UTF8.GetBytes(text);
            tally.Add(line.Sequence, utf8.Length, Checksum.Of(utf8));
        }

        return tally;
    }

    /// <summary>Sends in batches: one claim of the ring for all messages of a batch.</summary>
    private Tally SendQuotes(ExclusiveSender<Quote> sender)
    {
        Tally tally = NewTally(Stage.Quotes);
        Quote[] batch = new Quote[BatchSize];
        while (tally.Messages < Quotes)
        {
            foreach (ref Quote quote in batch.AsSpan())
            {
                quote = Quote.Of(id, tally.Messages);
                tally.Add(quote.Sequence, Unsafe.SizeOf<Quote>(), Checksum.Of(quote));
            }

            sender.SendBatch(batch, _cues.TourEnded);
        }

        return tally;
    }

    private Tally NewTally(Stage stage) => new() { Stage = stage, Side = Side.Sending, Sender = id, IsFinal = true };
}
