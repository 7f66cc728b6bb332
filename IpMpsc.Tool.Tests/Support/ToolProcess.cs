using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using IpMpsc.Tests.Peer.Processes;
using IpMpsc.Tests.Support;
using IpMpsc.Tool.CommandLine;

namespace IpMpsc.Tool.Tests.Support;

/// <summary>The tool in a process of its own, with pipes for input and output. Every wait for it ends.</summary>
internal sealed class ToolProcess : IDisposable
{
    private readonly Process _process;
    private readonly BlockingCollection<string> _lines = [];
    private readonly Task<string> _errors;

    /// <summary>A shell starts its background jobs with SIGINT ignored, which their children inherit: <see cref="Interrupt"/> would not work.</summary>
    static ToolProcess() => Posix.Heed(Posix.SIGINT);

    private ToolProcess(ProcessStartInfo start)
    {
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, output) => Hear(output.Data);
        _process.BeginOutputReadLine();
        _errors = _process.StandardError.ReadToEndAsync();
    }

    public int Id => _process.Id;

    /// <summary>The program and the arguments that start the tool.</summary>
    public static IEnumerable<string> CommandLine(params IEnumerable<string> arguments) =>
        ["dotnet", "exec", typeof(ToolRoot).Assembly.Location, .. arguments];

    public static ToolProcess Start(params IEnumerable<string> arguments)
    {
        string[] words = [.. CommandLine(arguments)];
        return new ToolProcess(new ProcessStartInfo(words[0], words[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            StandardOutputEncoding = Encoding.UTF8,
        });
    }

    /// <summary>Runs the tool to its end.</summary>
    public static ToolResult Run(params IEnumerable<string> arguments) => RunWithInput("", arguments);

    /// <summary>Runs the tool to its end, with something to read.</summary>
    public static ToolResult RunWithInput(string input, params IEnumerable<string> arguments) =>
        RunWithInput(Encoding.UTF8.GetBytes(input), arguments);

    /// <inheritdoc cref="RunWithInput(string, IEnumerable{string})" />
    public static ToolResult RunWithInput(byte[] input, params IEnumerable<string> arguments)
    {
        using ToolProcess tool = Start(arguments);
        try
        {
            tool._process.StandardInput.BaseStream.Write(input);
            tool._process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It has ended without reading all of it.
        }

        return tool.End();
    }

    /// <summary>The next line of its output.</summary>
    public string NextLine()
    {
        if (!_lines.TryTake(out string? line, Patience.Limit))
        {
            Assert.Fail($"The tool says nothing more. {(_errors.IsCompleted ? _errors.Result : "")}");
        }

        return line!;
    }

    /// <summary>What Ctrl-C does.</summary>
    public void Interrupt() => Posix.Signal(Id, Posix.SIGINT);

    /// <summary>Ends it at whatever instruction it is.</summary>
    public void Kill() => ProcessControl.Current.Kill(Id);

    /// <summary>Waits for its end.</summary>
    public ToolResult End()
    {
        Assert.That(_process.WaitForExit(Patience.Limit), "The tool does not end.");
        _process.WaitForExit(); // Without a limit it also waits for the rest of the output.
        return new ToolResult((ExitCode)_process.ExitCode, string.Concat(_lines.Select(line => line + "\n")), _errors.Result);
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
