using System.Diagnostics;
using System.Text;
using IpMpsc.Tests.Peer.Processes;

namespace IpMpsc.Tests.Peer.Chaos;

/// <summary>The place of one participant, which one process after another takes.</summary>
internal sealed class Seat : IDisposable
{
    private readonly StringBuilder _errors = new();
    private readonly Lock _gate = new();
    private Process? _process;
    private string _words = "";
    private volatile bool _isOpen;
    private long _started;
    private long _warm;

    /// <summary>Whether its process is alive and has opened the channel.</summary>
    public bool IsOpen => _isOpen && !HasExited;

    /// <summary>
    /// Whether it has had time to warm up since then. A process compiles the code that it runs for the first
    /// time, which takes about as long as its start did; on a busy machine both take long.
    /// </summary>
    public bool IsWarm => IsOpen && Stopwatch.GetTimestamp() > Volatile.Read(ref _warm);

    public bool HasExited
    {
        get
        {
            lock (_gate)
            {
                return _process is null or { HasExited: true };
            }
        }
    }

    /// <summary>Processes of this seat that were killed.</summary>
    public int Kills { get; private set; }

    /// <summary>Seats a new process.</summary>
    public void Start(string? crashOrder, params IEnumerable<string> words)
    {
        ProcessStartInfo start = PeerProgram.Start(words);
        _words = $"{crashOrder ?? "-"} {string.Join(' ', words)}";
        start.Environment["IPMPSC_CRASH_POINT"] = crashOrder;
        Process process = new() { StartInfo = start };
        process.OutputDataReceived += (_, output) => OnOutput(output.Data);
        process.ErrorDataReceived += (_, output) => Note(output.Data);
        _started = Stopwatch.GetTimestamp();
        process.Start();
        lock (_gate)
        {
            _process = process;
        }

        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public override string ToString() => $"{_words}: {(HasExited ? "gone" : IsWarm ? "warm" : IsOpen ? "open" : "starting")}";

    public void Kill() => Order(ProcessControl.Current.Kill);

    public void Pause() => Order(ProcessControl.Current.Pause);

    public void Continue() => Order(ProcessControl.Current.Continue);

    public void Say(string line)
    {
        try
        {
            _process!.StandardInput.WriteLine(line);
            _process.StandardInput.Flush();
        }
        catch (IOException)
        {
            // It has killed itself meanwhile. Clear checks how it ended.
        }
    }

    /// <summary>Waits until the process has ended, and takes it from the seat.</summary>
    /// <returns>Whether it was killed; if not, it has finished its work.</returns>
    public bool Clear(TimeSpan limit)
    {
        if (_process is null)
        {
            return true;
        }

        if (!_process.WaitForExit(limit))
        {
            throw new ChaosException($"A participant did not end within {limit.TotalSeconds} s.");
        }

        _process.WaitForExit();
        int code = _process.ExitCode;
        _isOpen = false;
        lock (_gate)
        {
            _process.Dispose();
            _process = null;
        }

        bool wasKilled = code == ProcessControl.KilledExitCode;
        if (!wasKilled && code != (int)ExitCode.Success)
        {
            throw new ChaosException($"A participant ended with exit code {code}:\n{Errors()}");
        }

        Kills += wasKilled ? 1 : 0;
        return wasKilled;
    }

    public void Dispose()
    {
        if (_process is { } process)
        {
            process.Kill();
            process.WaitForExit();
            process.Dispose();
            _process = null;
        }
    }

    private void OnOutput(string? line)
    {
        if (line == "open")
        {
            long now = Stopwatch.GetTimestamp();
            Volatile.Write(ref _warm, now + (now - _started));
            _isOpen = true;
        }
    }

    private void Note(string? line)
    {
        lock (_errors)
        {
            _errors.AppendLine(line);
        }
    }

    private string Errors()
    {
        lock (_errors)
        {
            return _errors.ToString();
        }
    }

    private void Order(Action<int> order)
    {
        if (_process is { HasExited: false } process)
        {
            order(process.Id);
        }
    }
}
