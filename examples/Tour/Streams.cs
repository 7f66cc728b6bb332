namespace IpMpsc.Examples.Tour;

/// <summary>Four sender processes and one receiver process: lines of text one by one, then quotes in batches.</summary>
internal sealed class Streams(TourInput input, Crew crew, Receiver<Tally> tallies)
{
    public static Finding[] Run(TourInput input, Crew crew)
    {
        using Receiver<Tally> tallies = Receiver<Tally>.CreateTemporary();
        using TourChannels channels = new(tallies.Path);
        return new Streams(input, crew, tallies).Run(channels);
    }

    private Finding[] Run(TourChannels channels)
    {
        // The receiver comes first because it creates the channels; otherwise the order would not matter.
        crew.Start("The receiver", HiddenCommands.Receiver, channels.Tallies, $"{input.Lines}", $"{input.LongestLine}");
        Collect(1);
        for (int sender = 0; sender < SendingProcess.Count; sender++)
        {
            crew.Start(
                $"Sender {sender}", [HiddenCommands.Sender, channels.Tallies, $"{sender}", $"{input.Lines}", .. input.Files]);
        }

        Collect(SendingProcess.Count);
        StageResult lines = Conduct("Lines", input.Lines);
        StageResult quotes = Conduct("Quotes", SendingProcess.Quotes);
        crew.AwaitEnd();
        return [lines.ToFinding("lines"), quotes.ToFinding("quotes")];
    }

    /// <summary>Runs one stage: each sender reports what it sent, the receiver what arrived from each.</summary>
    private StageResult Conduct(string name, int messagesPerSender) => Display.Progress(
        name,
        (long)messagesPerSender * SendingProcess.Count,
        progress =>
        {
            crew.Cue();
            return new StageResult(name, Collect(2 * SendingProcess.Count, progress));
        });

    /// <summary>Waits for this many final tallies.</summary>
    private List<Tally> Collect(int count, Action<long>? progress = null)
    {
        List<Tally> final = [];
        while (final.Count < count)
        {
            Tally tally = tallies.Receive(crew.Ended);
            if (tally.IsFinal)
            {
                final.Add(tally);
            }
            else
            {
                progress?.Invoke(tally.Messages);
            }
        }

        return final;
    }
}
