using IpMpsc.Tests.Architecture;

namespace IpMpsc.Generators.Tests;

/// <summary>The folders of the generators, and which of them may use which.</summary>
public sealed class GeneratorFolderTests() : ProjectFolderTests(typeof(ChannelMessageGenerator).Assembly, "IpMpsc.Generators")
{
    protected override string Polyfills => "Polyfills";

    protected override Dictionary<string, string[]> MayUse { get; } = new()
    {
        ["Models"] = [],
        ["Text"] = ["Models"],
        ["Parsing"] = ["Models", "Text"],
        ["Caching"] = ["Models", "Parsing"],
        ["Fields"] = ["Models"],
        ["Diagnostics"] = ["Parsing"],
        ["Diagnostics/Messages"] = ["Models", "Parsing", "Diagnostics"],
        ["Diagnostics/Protocols"] = ["Models", "Parsing", "Diagnostics", "Diagnostics/Messages"],
        ["Diagnostics/Usage"] = ["Parsing", "Diagnostics"],
        ["Diagnostics/Flow"] = ["Diagnostics/Usage"],
        ["Diagnostics/Lifetimes"] = ["Parsing", "Diagnostics", "Diagnostics/Usage", "Diagnostics/Flow"],
        ["Diagnostics/Baseline"] = ["Models", "Parsing", "Diagnostics", "Diagnostics/Messages"],
        [Root] = ["Models", "Text", "Parsing", "Caching", "Fields", "Diagnostics/Protocols"],
    };
}
