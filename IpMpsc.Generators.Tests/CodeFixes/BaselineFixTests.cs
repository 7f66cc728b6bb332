using IpMpsc.CodeFixes;
using Microsoft.CodeAnalysis.CodeFixes;

namespace IpMpsc.Generators.Tests;

/// <summary>What the code fixes make of a schema baseline, and of a message that has outgrown it.</summary>
public sealed class BaselineFixTests
{
    private const string Other = "message Other id 9 version 1 size 4\n  X i32 @0\n";
    private const string Before = "message M id 7 version 1 size 4\n  A i32 @0\n";
    private const string After = "message M id 7 version 1 size 8\n  A i64 @0\n";
    private const string Message = "[IpMpsc.ChannelMessage(Id = 7)] partial struct M { public long A; }";

    [TestCase("", ExpectedResult = After)]
    [TestCase(Other, ExpectedResult = Other + "\n" + After)]
    [TestCase(Before, ExpectedResult = After)]
    [TestCase("# Notes\n\n" + Before + "\n# More\n" + Other, ExpectedResult = "# Notes\n\n" + After + "\n# More\n" + Other)]
    [TestCase("# Windows\r\n\r\n", ExpectedResult = "# Windows\r\n\r\nmessage M id 7 version 1 size 8\r\n  A i64 @0\r\n")]
    public string? MessageIsWrittenIntoTheBaseline(string baseline) =>
        CodeFixHarness.Apply(new UpdateBaseline(), Message, baseline)?.Baseline;

    [TestCase(
        "[ChannelMessage]\npartial struct M\n{\n    public int A;\n    /// <summary>New.</summary>\n    public int B;\n}\n",
        ExpectedResult = "[ChannelMessage(Version = 2)]\npartial struct M\n{\n    public int A;\n"
            + "    /// <summary>New.</summary>\n    [Since(2)]\n    public int B;\n}\n")]
    [TestCase(
        "[ChannelMessage(Id = 7)] partial struct M { public int A; public int B { get; set; } }",
        ExpectedResult =
            "[ChannelMessage(Id = 7, Version = 2)] partial struct M { public int A; [Since(2)] public int B { get; set; } }")]
    [TestCase(
        "[ChannelMessage(Version = 3)] partial struct M { public int A; public int B; }",
        ExpectedResult = "[ChannelMessage(Version = 3)] partial struct M { public int A; [Since(3)] public int B; }")]
    public string? NewFieldIsMarked(string source)
    {
        const string Using = "using IpMpsc;\n";
        return CodeFixHarness.Apply(new AddSince(), Using + source, "message M id 7 version 1 size 4\n  A i32 @0\n")
            ?.Source[Using.Length..];
    }
}
