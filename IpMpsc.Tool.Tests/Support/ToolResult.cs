using System.Text.Json;
using IpMpsc.Tool.CommandLine;

namespace IpMpsc.Tool.Tests.Support;

/// <summary>The exit code and the output of the tool.</summary>
internal sealed record ToolResult(ExitCode ExitCode, string Output, string Errors)
{
    /// <summary>The lines of its output.</summary>
    public string[] Lines => Output.TrimEnd('\n').Split('\n');

    /// <summary>Its output as a JSON document.</summary>
    public JsonElement Json => JsonDocument.Parse(Output).RootElement;

    /// <summary>Its error output as a JSON document.</summary>
    public JsonElement JsonError => JsonDocument.Parse(Errors).RootElement;

    /// <summary>Requires an exit code.</summary>
    public ToolResult Expect(ExitCode code)
    {
        Assert.That(ExitCode, Is.EqualTo(code), () => $"{Output}\n{Errors}");
        Assert.That(Errors, Does.Not.Contain("   at "), "The error output contains a stack trace.");
        return this;
    }

    /// <summary>Requires an exit code and an error of one line with these parts.</summary>
    public ToolResult ExpectFailure(ExitCode code, params string[] told)
    {
        Expect(code);
        foreach (string part in told)
        {
            Assert.That(Errors, Does.Contain(part));
        }

        Assert.That(Errors.Trim().Split('\n'), Has.Length.EqualTo(1), "An error must take exactly one line.");
        return this;
    }
}
