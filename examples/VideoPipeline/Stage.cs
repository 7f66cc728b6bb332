using System.Diagnostics;

namespace IpMpsc.Examples.VideoPipeline;

/// <summary>A process of the pipeline. Its output tells the log what becomes of its frames.</summary>
internal sealed class Stage : IDisposable
{
    private readonly Process _process;
    private readonly Task _reading;

    public Stage(FrameLog log, params IEnumerable<string> words)
    {
        ProcessStartInfo start = ThisProgram.With(words);
        start.RedirectStandardOutput = true;
        _process = Process.Start(start)!;
        _reading = Task.Run(async () =>
        {
            while (await _process.StandardOutput.ReadLineAsync() is { } line)
            {
                log.Note(line);
            }
        });
    }

    public bool HasExited => _process.HasExited;

    /// <summary>Kills the process; false if it had ended by itself.</summary>
    public bool TryKill()
    {
        _process.Kill();
        _process.WaitForExit();
        return _process.ExitCode != 0;
    }

    /// <summary>Waits until the process has ended and all its output is read.</summary>
    public void Dispose()
    {
        _process.WaitForExit();
        _reading.Wait();
        _process.Dispose();
    }
}
