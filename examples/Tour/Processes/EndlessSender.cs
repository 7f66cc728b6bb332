namespace IpMpsc.Examples.Tour;

/// <summary>A process that sends quotes until it gets its cue, whatever happens to the others.</summary>
internal sealed class EndlessSender(string channel)
{
    /// <summary>The instrument of its last quote, whose sequence says how many came before it.</summary>
    public const int EndOfStream = -1;

    public const int Id = 0;

    private readonly Cues _cues = new();

    public void Run()
    {
        using ExclusiveSender<Quote> sender = ExclusiveSender<Quote>.Open(channel);
        long sequence = 0;
        while (!_cues.IsGiven)
        {
            // The timeout lets it look for its cue while the ring is full and nobody receives.
            if (sender.TrySend(Quote.Of(Id, sequence), TimeSpan.FromMilliseconds(20), _cues.TourEnded))
            {
                sequence++;
            }
        }

        sender.Send(new Quote { Sender = Id, Sequence = sequence, Instrument = EndOfStream }, _cues.TourEnded);
    }
}
