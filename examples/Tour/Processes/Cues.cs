namespace IpMpsc.Examples.Tour;

/// <summary>
/// The cues that a process of the tour gets, each a line on its standard input. That input ends with the tour,
/// however the tour ends, so no process outlives it.
/// </summary>
internal sealed class Cues
{
    private readonly SemaphoreSlim _given = new(0);
    private readonly CancellationTokenSource _tourEnded = new();

    public Cues() => new Thread(Listen) { IsBackground = true }.Start();

    /// <summary>Ends every wait of the process when the tour is over.</summary>
    public CancellationToken TourEnded => _tourEnded.Token;

    /// <summary>Whether there is a cue that nobody has waited for yet.</summary>
    public bool IsGiven => _given.CurrentCount > 0 || TourEnded.IsCancellationRequested;

    /// <summary>Waits for the next cue.</summary>
    public void Await() => _given.Wait(TourEnded);

    private void Listen()
    {
        while (Console.In.ReadLine() is not null)
        {
            _given.Release();
        }

        _tourEnded.Cancel();
    }
}
