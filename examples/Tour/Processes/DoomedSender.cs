namespace IpMpsc.Examples.Tour;

/// <summary>A process that is killed while it has claimed room for a message and has not committed it.</summary>
internal sealed class DoomedSender(string channel, string tallies)
{
    public const int Id = 1;

    /// <summary>How many quotes it sends before its last claim.</summary>
    public const int Quotes = 1_000;

    private readonly Cues _cues = new();

    public void Run()
    {
        using ExclusiveSender<Tally> report = ExclusiveSender<Tally>.Open(tallies);
        using ExclusiveSender<Quote> sender = ExclusiveSender<Quote>.Open(channel);
        for (int sequence = 0; sequence < Quotes; sequence++)
        {
            sender.Send(Quote.Of(Id, sequence), _cues.TourEnded);
        }

        using Claim<Quote> claim = sender.Claim(_cues.TourEnded);
        report.Send(new Tally { Sender = Id, Messages = Quotes, IsFinal = true });
        _cues.Await(); // It never comes: the tour kills this process here.
        claim.Commit();
    }
}
