using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using IpMpsc.Tests.Peer.Processes;

namespace IpMpsc.Tests.Support;

/// <summary>
/// A program in a process of its own, whose output is read line by line. Every wait for it ends, with its output
/// or with a failure that shows the whole dialogue.
/// </summary>
internal abstract class ProgramProcess : IDisposable
{
    /// <summary>ERROR_INTERNAL_ERROR, which wine returns if a new process has died before its first instruction.</summary>
    private const int StillbornProcess = 1359;

    private static readonly ConcurrentDictionary<ProgramProcess, string> s_running = new();

    private readonly string _name;
    private readonly Process _process;
    private readonly BlockingCollection<string> _lines = [];
    private readonly StringBuilder _errors = new();
    private readonly StringBuilder _transcript = new();

    /// <summary>A shell starts its background jobs with SIGINT ignored, which their children inherit: <see cref="Interrupt"/> would not work.</summary>
    static ProgramProcess()
    {
        if (!OperatingSystem.IsWindows())
        {
            Posix.Heed(Posix.SIGINT);
        }
    }

    /// <summary>Starts a program.</summary>
    /// <param name="name">What failures call it.</param>
    /// <param name="start">How it is started; its three streams are redirected.</param>
    protected ProgramProcess(string name, ProcessStartInfo start)
    {
        _name = name;
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        start.StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        start.StandardOutputEncoding = Encoding.UTF8;
        start.StandardErrorEncoding = Encoding.UTF8;
        _process = Launch(start);
        s_running[this] = string.Join(' ', start.ArgumentList);
        _process.OutputDataReceived += (_, output) => HearOutput(output.Data);
        _process.ErrorDataReceived += (_, error) => HearError(error.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    protected StreamWriter Input => _process.StandardInput;

    /// <summary>Kills every program that was started and not disposed, and returns their transcripts.</summary>
    public static string EndAll()
    {
        StringBuilder report = new();
        foreach ((ProgramProcess program, string command) in s_running)
        {
            report.AppendLine($"{program}: {command}").Append(program.Transcript());
            program.Dispose();
        }

        return report.ToString();
    }

    /// <summary>Writes a line to the program's input.</summary>
    public void Say(string line)
    {
        Note("<", line);
        try
        {
            Input.WriteLine(line);
            Input.Flush();
        }
        catch (IOException)
        {
            Assert.Fail($"{this} has ended, with exit code {AwaitExit()}.\n{Transcript()}");
        }
    }

    /// <summary>The next line of its output.</summary>
    public string Listen()
    {
        string? line = ListenToEnd();
        Assert.That(line, Is.Not.Null, () => $"{this} writes no further line.\n{Transcript()}");
        return line!;
    }

    /// <summary>The next line of its output; null if its output has ended.</summary>
    public string? ListenToEnd()
    {
        if (!_lines.TryTake(out string? line, Patience.Limit) && !_lines.IsCompleted)
        {
            Assert.Fail($"{this} writes no further line.\n{Transcript()}");
        }

        return line;
    }

    /// <summary>Requires that the next line of its output is this one.</summary>
    public void Expect(string line) =>
        Assert.That(Listen(), Is.EqualTo(line), () => $"{this} wrote another line.\n{Transcript()}");

    /// <summary>What Ctrl-C does.</summary>
    public void Interrupt() => Posix.Signal(Id, Posix.SIGINT);

    /// <summary>Kills it at whatever instruction it has reached; returns when the kernel has released everything that it had.</summary>
    public void Kill()
    {
        ProcessControl.Current.Kill(Id);
        AwaitExit();
    }

    /// <summary>The dialogue so far: "&lt;" marks input, "&gt;" output, "!" error output.</summary>
    public string Transcript()
    {
        lock (_transcript)
        {
            return _transcript.ToString();
        }
    }

    /// <summary>Suspends the process; returns when every one of its threads is suspended.</summary>
    public void Stop()
    {
        ProcessControl.Current.Pause(Id);
        AwaitStopped();
    }

    /// <summary>Waits until every thread of the process is suspended.</summary>
    public void AwaitStopped() => Patience.Until(() => ProcessControl.Current.IsPaused(Id), $"{this} is suspended");

    /// <summary>Resumes a process that was stopped.</summary>
    public void Continue() => ProcessControl.Current.Continue(Id);

    public override string ToString() => $"{_name} {Id}";

    /// <summary>Kills it, with the processes that it has started, unless it has ended.</summary>
    public void Dispose()
    {
        if (s_running.TryRemove(this, out _))
        {
            if (!_process.HasExited)
            {
                KillTree();
                _process.WaitForExit(Patience.Limit);
            }

            _process.Dispose();
        }
    }

    /// <summary>Wine gives no start time to a process that is ending, so that .NET cannot tell which processes are children of this one.</summary>
    private void KillTree()
    {
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (ArgumentOutOfRangeException) when (OperatingSystem.IsWindows())
        {
            _process.Kill();
        }
    }

    /// <summary>Waits for its end and for the rest of its output.</summary>
    /// <returns>Its exit code.</returns>
    protected int AwaitExit()
    {
        if (!_process.WaitForExit(Patience.LimitOfProgram))
        {
            Assert.Fail($"{this} does not end.\n{Transcript()}");
        }

        _process.WaitForExit(); // Without a limit it also waits for the output.
        return _process.ExitCode;
    }

    /// <summary>The lines of its output that were not read yet, each with a line feed; complete when it has ended.</summary>
    protected string RestOfOutput() => string.Concat(_lines.Select(line => $"{line}\n"));

    /// <summary>Its error output; complete when it has ended.</summary>
    protected string Errors()
    {
        lock (_transcript)
        {
            return _errors.ToString();
        }
    }

    /// <summary>Starts a process, and starts it again if wine lost it. That is rare and not reproducible, and none of the program's code has run then.</summary>
    private static Process Launch(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception failure) when (OperatingSystem.IsWindows() && failure.NativeErrorCode == StillbornProcess)
        {
            return Process.Start(start)!;
        }
    }

    private void HearOutput(string? line)
    {
        if (line is null)
        {
            _lines.CompleteAdding();
            return;
        }

        Note(">", line);
        _lines.Add(line);
    }

    private void HearError(string? line)
    {
        if (line is not null)
        {
            Note("!", line);
        }
    }

    private void Note(string mark, string line)
    {
        lock (_transcript)
        {
            _transcript.Append(mark).Append(' ').Append(line).Append('\n');
            if (mark == "!")
            {
                _errors.Append(line).Append('\n');
            }
        }
    }
}
