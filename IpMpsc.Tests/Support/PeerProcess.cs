using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using IpMpsc.Platform;
using IpMpsc.Tests.Peer;
using IpMpsc.Tests.Peer.Processes;

namespace IpMpsc.Tests.Support;

/// <summary>
/// A peer in a process of its own. Every wait for it ends: with what it said, or with a failure that
/// shows everything that it said before.
/// </summary>
internal sealed class PeerProcess : IDisposable
{
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
        s_running[this] = string.Join(' ', start.ArgumentList);
    }

    public int Id => _process.Id;

    /// <summary>Whether it polls words instead of sleeping on them, as this process did when it started it.</summary>
    public bool Polls { get; } = WaitBackEnd.PollsWords;

    public bool HasExited => _process.HasExited;

    /// <summary>Starts a peer with a command.</summary>
    public static PeerProcess Start(params IEnumerable<string> words) => Start(new Dictionary<string, string>(), words);

    /// <summary>Starts a peer with a command and further environment variables.</summary>
    public static PeerProcess Start(IReadOnlyDictionary<string, string> environment, params IEnumerable<string> words)
    {
        ProcessStartInfo start = PeerProgram.Start(words);
        if (WaitBackEnd.PollsWords)
        {
            start.Environment["IPMPSC_WAIT"] = "polling";
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
    public void ExpectKilled() => ExpectExit((ExitCode)ProcessControl.KilledExitCode);

    /// <summary>Returns when the kernel has taken everything back that the process had.</summary>
    public void Kill()
    {
        ProcessControl.Current.Kill(Id);
        AwaitExit();
    }

    /// <summary>Returns when every thread of the process stands still.</summary>
    public void Stop()
    {
        ProcessControl.Current.Pause(Id);
        AwaitStopped();
    }

    /// <summary>Waits until every thread of the process stands still.</summary>
    public void AwaitStopped() => Patience.Until(() => ProcessControl.Current.IsPaused(Id), $"peer {Id} stands still");

    /// <summary>Lets a process that was stopped go on.</summary>
    public void Continue() => ProcessControl.Current.Continue(Id);

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
