using IpMpsc.Tests.Architecture;

namespace IpMpsc.Tool.Tests.Architecture;

/// <summary>The folders of the tool, and which of them may use which.</summary>
public sealed class ToolFolderTests() : ProjectFolderTests(typeof(ToolRoot).Assembly, "IpMpsc.Tool")
{
    protected override Dictionary<string, string[]> MayUse { get; } = new()
    {
        ["Output"] = [],
        ["CommandLine"] = ["Output"],
        ["Reports"] = ["CommandLine"],
        ["Diagnosis"] = ["Reports", "CommandLine", "Output"],
        ["Messages"] = ["Reports", "CommandLine"],
        ["Filters"] = ["Messages", "CommandLine"],
        ["Printing"] = ["Filters", "Messages", "Output"],
        ["Tapping"] = ["Messages", "CommandLine", "Output"],
        ["Captures"] = ["Tapping", "Filters", "Messages", "CommandLine", "Output"],
        ["Watching"] = ["Diagnosis", "CommandLine", "Output"],
        ["Exporting"] = ["Watching", "Reports", "CommandLine", "Output"],
        ["Headers"] = ["CommandLine"],
        ["Measuring"] = ["Output"],
        ["Bridging"] = ["Output"],
        ["Bench"] = ["CommandLine"],
        ["Commands"] = ["Printing", "Exporting", "Watching", "Diagnosis", "Reports", "Headers", "Bridging", "Bench", "CommandLine", "Output"],
        ["Commands/Traffic"] = ["Printing", "Captures", "Tapping", "Filters", "Messages", "Measuring", "CommandLine", "Output"],
        [Root] = ["Commands/Traffic", "Commands", "CommandLine"],
    };
}
