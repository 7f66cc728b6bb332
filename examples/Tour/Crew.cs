using System.Diagnostics;

namespace IpMpsc.Examples.Tour;

/// <summary>
/// The processes of the tour: this program again, with hidden arguments. When one fails, all end;
/// none outlives the crew.
/// </summary>
internal sealed class Crew(CancellationToken cancellation) : IDisposable
{
    private readonly CancellationTokenSource _ended = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
    private readonly List<Process> _processes = [];
    private readonly List<Task> _watches = [];
    private string? _failure;

    /// <summary>Ends every wait of the tour when a process fails, or the user asks for it.</summary>
    public CancellationToken Ended => _ended.Token;

    /// <summary>Which process failed, if one did.</summary>
    public string? Failure => Volatile.Read(ref _failure);

    /// <summary>Starts a process.</summary>
    /// <param name="name">What it is called if it fails.</param>
    /// <param name="arguments">What it shall do.</param>
    public void Start(string name, params IEnumerable<string> arguments)
    {
        ProcessStartInfo start = ThisProgram.With(arguments);
        start.RedirectStandardInput = true;
        Process process = Process.Start(start)!;
        _processes.Add(process);
        _watches.Add(WatchAsync(process, name));
    }

    /// <summary>Gives every process the cue for its next step.</summary>
    public void Cue()
    {
        foreach (Process process in _processes)
        {
            try
            {
                process.StandardInput.WriteLine();
                process.StandardInput.Flush();
            }
            catch (IOException)
            {
                // It has failed, and its exit says so.
            }
        }
    }

    /// <summary>Waits until every process has ended by itself.</summary>
    public void AwaitEnd()
    {
        Task.WaitAll(_watches, Ended);
        Ended.ThrowIfCancellationRequested();
    }

    public void Dispose()
    {
        _ended.Cancel();
        _processes.ForEach(static process => process.Kill()); // Does nothing to one that has ended.
        Task.WaitAll(_watches);
        _processes.ForEach(static process => process.Dispose());
        _ended.Dispose();
    }

    private async Task WatchAsync(Process process, string name)
    {
        await process.WaitForExitAsync();
        if (process.ExitCode != 0 && !_ended.IsCancellationRequested)
        {
            // Ctrl-C reaches all processes of a terminal, and this one may hear of it last.
            if (process.ExitCode != ExampleCommand.Interrupted)
            {
                Volatile.Write(ref _failure, $"{name} failed with exit code {process.ExitCode}.");
            }

            _ended.Cancel();
        }
    }
}
