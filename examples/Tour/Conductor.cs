namespace IpMpsc.Examples.Tour;

/// <summary>Leads the tour: starts the processes, gives the cues and compares what they say.</summary>
internal sealed class Conductor(TourInput input, Crew crew, Receiver<Tally> tallies)
{
    /// <summary>Runs the tour; returns the exit code.</summary>
    public static int Run(string? file, CancellationToken cancellation)
    {
        TourInput input = TourInput.Choose(file);

        // However this ends: first the processes go, then their channels, then ours.
        using Receiver<Tally> tallies = Receiver<Tally>.CreateTemporary();
        using TourChannels channels = new(tallies.Path);
        using Crew crew = new(cancellation);
        try
        {
            return new Conductor(input, crew, tallies).Lead(channels) ? 0 : ExampleCommand.Failed;
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine(crew.Failure ?? "Interrupted.");
            return crew.Failure is null ? ExampleCommand.Interrupted : ExampleCommand.Failed;
        }
    }

    private bool Lead(TourChannels channels)
    {
        // The receiver makes the channels, so it comes first; otherwise the order would not matter.
        crew.Start(
            "The receiver", [HiddenCommands.Receiver, channels.Tallies, $"{input.Lines}", $"{input.LongestLine}"]);
        Collect(1);
        for (int sender = 0; sender < SendingProcess.Count; sender++)
        {
            crew.Start(
                $"Sender {sender}",
                [HiddenCommands.Sender, channels.Tallies, $"{sender}", $"{input.Lines}", .. input.Files]);
        }

        Collect(SendingProcess.Count);
        Console.WriteLine($"{SendingProcess.Count} sender processes, 1 receiver process.");
        StageResult lines = Conduct("Lines", input.Lines);
        StageResult quotes = Conduct("Quotes", SendingProcess.Quotes);
        crew.AwaitEnd();
        Display.Results(lines, quotes);
        return lines.Holds && quotes.Holds;
    }

    /// <summary>Lets one stage run: each sender says what it sent, the receiver what came from each.</summary>
    private StageResult Conduct(string name, int messagesPerSender) => Display.Progress(
        name,
        (long)messagesPerSender * SendingProcess.Count,
        progress =>
        {
            crew.Cue();
            return new StageResult(name, Collect(2 * SendingProcess.Count, progress));
        });

    /// <summary>Waits for so many final tallies.</summary>
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
