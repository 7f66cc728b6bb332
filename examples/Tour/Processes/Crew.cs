using System.Diagnostics;

namespace IpMpsc.Examples.Tour;

/// <summary>
/// The processes of the tour: this program again, with hidden arguments. If one fails that was not killed on purpose,
/// all of them end. None outlives the crew.
/// </summary>
internal sealed class Crew(CancellationToken cancellation) : IDisposable
{
    private readonly CancellationTokenSource _ended = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
    private readonly List<Process> _processes = [];
    private readonly List<Task> _watches = [];
    private readonly HashSet<Process> _killed = [];
    private string? _failure;

    /// <summary>Ends every wait of the tour when a process fails, or the user asks for it.</summary>
    public CancellationToken Ended => _ended.Token;

    /// <summary>Which process failed, if one did.</summary>
    public string? Failure => Volatile.Read(ref _failure);

    /// <summary>Starts a process.</summary>
    /// <param name="name">What it is called if it fails.</param>
    /// <param name="arguments">Its command line.</param>
    /// <returns>The process, so that it can be killed or get a cue of its own.</returns>
    public Process Start(string name, params IEnumerable<string> arguments)
    {
        ProcessStartInfo start = ThisProgram.With(arguments);
        start.RedirectStandardInput = true;
        Process process = Process.Start(start)!;
        _processes.Add(process);
        _watches.Add(WatchAsync(process, name));
        return process;
    }

    /// <summary>Ends a process at once, as kill -9 does. It has no chance to clean up.</summary>
    public void Kill(Process process)
    {
        lock (_killed)
        {
            _killed.Add(process);
        }

        process.Kill();
    }

    /// <summary>Gives every process the cue for its next step.</summary>
    public void Cue() => _processes.ForEach(Cue);

    /// <summary>Gives one process the cue for its next step.</summary>
    public void Cue(Process process)
    {
        try
        {
            process.StandardInput.WriteLine();
            process.StandardInput.Flush();
        }
        catch (IOException)
        {
            // It has ended. WatchAsync reports an unexpected exit.
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
        if (process.ExitCode != 0 && !WasKilled(process) && !_ended.IsCancellationRequested)
        {
            // Ctrl-C reaches all processes of a terminal, and may reach this one last.
            if (process.ExitCode != ExampleCommand.Interrupted)
            {
                Volatile.Write(ref _failure, $"{name} failed with exit code {process.ExitCode}.");
            }

            _ended.Cancel();
        }
    }

    private bool WasKilled(Process process)
    {
        lock (_killed)
        {
            return _killed.Contains(process);
        }
    }
}
