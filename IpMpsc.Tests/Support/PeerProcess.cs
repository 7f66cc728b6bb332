using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using IpMpsc.Tests.Peer;

namespace IpMpsc.Tests.Support;

/// <summary>
/// A peer in a process of its own. Every wait for it ends: with what it said, or with a failure that
/// shows everything that it said before.
/// </summary>
internal sealed class PeerProcess : IDisposable
{
    /// <summary>A process that a signal ended has this and the signal as its exit code.</summary>
    private const int SignalExit = 128;

    private static readonly ConcurrentDictionary<PeerProcess, string> s_running = new();

    private readonly Process _process;
    private readonly BlockingCollection<string> _lines = [];
    private readonly StringBuilder _transcript = new();

    private PeerProcess(ProcessStartInfo start)
    {
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, output) => OnOutput(output.Data);
        _process.ErrorDataReceived += (_, output) => Note("!", output.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        s_running[this] = string.Join(' ', start.ArgumentList.Skip(2));
    }

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <summary>Starts a peer with a command.</summary>
    public static PeerProcess Start(params IEnumerable<string> words) => Start(new Dictionary<string, string>(), words);

    /// <summary>Starts a peer with a command and further environment variables.</summary>
    public static PeerProcess Start(IReadOnlyDictionary<string, string> environment, params IEnumerable<string> words)
    {
        ProcessStartInfo start = new("dotnet")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add("exec");
        start.ArgumentList.Add(typeof(ExitCode).Assembly.Location);
        foreach (string word in words)
        {
            start.ArgumentList.Add(word);
        }

        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        return new PeerProcess(start);
    }

    /// <summary>Kills every peer and tells what they said.</summary>
    public static string EndAll()
    {
        StringBuilder report = new();
        foreach ((PeerProcess peer, string command) in s_running)
        {
            report.AppendLine($"peer {peer.Id}: {command}").Append(peer.Transcript());
            peer.Dispose();
        }

        return report.ToString();
    }

    /// <summary>Says a line to the peer.</summary>
    public void Say(string line)
    {
        Note("<", line);
        try
        {
            _process.StandardInput.WriteLine(line);
            _process.StandardInput.Flush();
        }
        catch (IOException)
        {
            AwaitExit();
            Assert.Fail($"Peer {Id} has ended, with exit code {_process.ExitCode}.\n{Transcript()}");
        }
    }

    /// <summary>The next line that the peer says.</summary>
    public string Listen()
    {
        if (!_lines.TryTake(out string? line, Patience.Limit))
        {
            Assert.Fail($"Peer {Id} says nothing more.\n{Transcript()}");
        }

        return line!;
    }

    /// <summary>Requires that the peer's next line is this one.</summary>
    public void Expect(string line) =>
        Assert.That(Listen(), Is.EqualTo(line), () => $"Peer {Id} said something else.\n{Transcript()}");

    /// <summary>Requires that the peer ends by itself in this way.</summary>
    public void ExpectExit(ExitCode code)
    {
        AwaitExit();
        Assert.That((ExitCode)_process.ExitCode, Is.EqualTo(code), () => $"Peer {Id} ended otherwise.\n{Transcript()}");
    }

    /// <summary>Requires that the peer is killed, or kills itself.</summary>
    public void ExpectKilled() => ExpectExit((ExitCode)(SignalExit + Posix.SIGKILL));

    /// <summary>SIGKILL; returns when the kernel has taken everything back that the process had.</summary>
    public void Kill()
    {
        Posix.Signal(Id, Posix.SIGKILL);
        AwaitExit();
    }

    /// <summary>SIGSTOP; returns when every thread of the process stands still.</summary>
    public void Stop()
    {
        Posix.Signal(Id, Posix.SIGSTOP);
        AwaitStopped();
    }

    /// <summary>Waits until every thread of the process stands still.</summary>
    public void AwaitStopped() => Patience.Until(
        () => Directory.GetDirectories($"/proc/{Id}/task").All(thread => StateOf(thread) == 'T'), $"peer {Id} stands still");

    /// <summary>SIGCONT.</summary>
    public void Continue() => Posix.Signal(Id, Posix.SIGCONT);

    public void Dispose()
    {
        if (s_running.TryRemove(this, out _))
        {
            if (!_process.HasExited)
            {
                _process.Kill();
                _process.WaitForExit(Patience.Limit);
            }

            _process.Dispose();
        }
    }

    public string Transcript()
    {
        lock (_transcript)
        {
            return _transcript.ToString();
        }
    }

    private void AwaitExit()
    {
        if (!_process.WaitForExit(Patience.Limit))
        {
            Assert.Fail($"Peer {Id} does not end.\n{Transcript()}");
        }

        // Without a limit it also waits for the rest of the output.
        _process.WaitForExit();
    }

    private static char StateOf(string thread)
    {
        string status = File.ReadAllText($"{thread}/stat");
        return status[status.LastIndexOf(')') + 2];
    }

    private void OnOutput(string? line)
    {
        Note(">", line);
        if (line is null)
        {
            _lines.CompleteAdding();
        }
        else
        {
            _lines.Add(line);
        }
    }

    private void Note(string mark, string? line)
    {
        if (line is not null)
        {
            lock (_transcript)
            {
                _transcript.Append(mark).Append(' ').AppendLine(line);
            }
        }
    }
}
