using System.Collections.Concurrent;
using System.Diagnostics;
using IpMpsc.Tests.Support;
using NUnit.Framework;

namespace IpMpsc.Tests.Documentation;

/// <summary>An example in a process of its own. Every wait for it ends, if need be with a failure.</summary>
internal sealed class ExampleProcess : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly BlockingCollection<string> _lines = [];
    private readonly Task<string> _errors;

    /// <summary>A shell starts its background jobs with SIGINT ignored, which their children inherit: <see cref="Interrupt"/> would not work.</summary>
    static ExampleProcess() => Posix.Heed(Posix.SIGINT);

    /// <summary>Starts an example.</summary>
    /// <param name="name">Name of its project.</param>
    /// <param name="runtimeDirectory">Where its channels lie.</param>
    /// <param name="arguments">Its command line.</param>
    public ExampleProcess(string name, string runtimeDirectory, params IEnumerable<string> arguments)
    {
        ProcessStartInfo start = new("dotnet", ["exec", Repository.ExampleAssembly(name), .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["XDG_RUNTIME_DIR"] = runtimeDirectory },
        };
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, output) => Hear(output.Data);
        _process.BeginOutputReadLine();
        _errors = _process.StandardError.ReadToEndAsync();
    }

    public int Id => _process.Id;

    /// <summary>Gives it lines to read, and leaves its input open.</summary>
    public void Type(params IEnumerable<string> lines)
    {
        foreach (string line in lines)
        {
            _process.StandardInput.WriteLine(line);
        }

        _process.StandardInput.Flush();
    }

    /// <summary>Gives it lines to read, and the end of its input.</summary>
    public void Feed(params IEnumerable<string> lines)
    {
        Type(lines);
        _process.StandardInput.Close();
    }

    /// <summary>The next line of its output.</summary>
    public string NextLine()
    {
        Assert.That(_lines.TryTake(out string? line, s_patience), "The example says nothing more.");
        return line!;
    }

    /// <summary>What Ctrl-C does.</summary>
    public void Interrupt() => Posix.Signal(Id, Posix.SIGINT);

    /// <summary>Waits for its end.</summary>
    /// <returns>Exit code, the rest of its output, and what it said on its error output.</returns>
    public (int ExitCode, string Output, string Errors) End()
    {
        Assert.That(_process.WaitForExit(s_patience), "The example does not end.");
        _process.WaitForExit(); // Without a limit it also waits for the rest of the output.
        return (_process.ExitCode, string.Join('\n', _lines), _errors.Result);
    }

    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
    }

    private void Hear(string? line)
    {
        if (line is null)
        {
            _lines.CompleteAdding();
        }
        else
        {
            _lines.Add(line);
        }
    }
}
