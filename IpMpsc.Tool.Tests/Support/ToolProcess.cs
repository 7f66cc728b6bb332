using System.Diagnostics;
using System.Text;
using IpMpsc.Tests.Support;
using IpMpsc.Tool.CommandLine;

namespace IpMpsc.Tool.Tests.Support;

/// <summary>The tool in a process of its own, with pipes for input and output.</summary>
internal sealed class ToolProcess : ProgramProcess
{
    private ToolProcess(ProcessStartInfo start) : base("Tool", start)
    {
    }

    /// <summary>The program and the arguments that start the tool.</summary>
    public static IEnumerable<string> CommandLine(params IEnumerable<string> arguments) =>
        ["dotnet", "exec", typeof(ToolRoot).Assembly.Location, .. arguments];

    public static ToolProcess Start(params IEnumerable<string> arguments)
    {
        string[] words = [.. CommandLine(arguments)];
        return new ToolProcess(new ProcessStartInfo(words[0], words[1..]));
    }

    /// <summary>Starts the tool in a directory.</summary>
    public static ToolProcess StartIn(string directory, params IEnumerable<string> arguments)
    {
        string[] words = [.. CommandLine(arguments)];
        return new ToolProcess(new ProcessStartInfo(words[0], words[1..]) { WorkingDirectory = directory });
    }

    /// <summary>Runs the tool to its end.</summary>
    public static ToolResult Run(params IEnumerable<string> arguments) => RunWithInput("", arguments);

    /// <summary>Runs the tool to its end, with input.</summary>
    public static ToolResult RunWithInput(string input, params IEnumerable<string> arguments) =>
        RunWithInput(Encoding.UTF8.GetBytes(input), arguments);

    /// <inheritdoc cref="RunWithInput(string, IEnumerable{string})" />
    public static ToolResult RunWithInput(byte[] input, params IEnumerable<string> arguments)
    {
        using ToolProcess tool = Start(arguments);
        return tool.EndWithInput(input);
    }

    /// <summary>Writes its input, and waits until it has ended.</summary>
    public ToolResult EndWithInput(string input) => EndWithInput(Encoding.UTF8.GetBytes(input));

    private ToolResult EndWithInput(byte[] input)
    {
        try
        {
            Input.BaseStream.Write(input);
            Input.Close();
        }
        catch (IOException)
        {
            // It has ended without reading all of its input.
        }

        return End();
    }

    /// <summary>Waits until it has ended.</summary>
    public ToolResult End() => new((ExitCode)AwaitExit(), RestOfOutput(), Errors());
}
