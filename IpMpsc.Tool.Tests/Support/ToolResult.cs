using System.Text.Json;
using IpMpsc.Tool.CommandLine;

namespace IpMpsc.Tool.Tests.Support;

/// <summary>How the tool ended, and all that it wrote.</summary>
internal sealed record ToolResult(ExitCode ExitCode, string Output, string Errors)
{
    /// <summary>The lines of its output.</summary>
    public string[] Lines => Output.TrimEnd('\n').Split('\n');

    /// <summary>Its output as a JSON document.</summary>
    public JsonElement Json => JsonDocument.Parse(Output).RootElement;

    /// <summary>Its error output as a JSON document.</summary>
    public JsonElement JsonError => JsonDocument.Parse(Errors).RootElement;

    /// <summary>Requires how it ended.</summary>
    public ToolResult Expect(ExitCode code)
    {
        Assert.That(ExitCode, Is.EqualTo(code), () => $"{Output}\n{Errors}");
        Assert.That(Errors, Does.Not.Contain("   at "), "No stack trace is for people.");
        return this;
    }

    /// <summary>Requires that it failed, and what it says about that, and nowhere else.</summary>
    public ToolResult ExpectFailure(ExitCode code, params string[] told)
    {
        Expect(code);
        foreach (string part in told)
        {
            Assert.That(Errors, Does.Contain(part));
        }

        Assert.That(Errors.Trim().Split('\n'), Has.Length.EqualTo(1), "One line says it.");
        return this;
    }
}
