using System.Collections.Immutable;
using IpMpsc.CodeFixes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Testing;

namespace IpMpsc.Generators.Tests;

/// <summary>The code fixes for a schema baseline, and for a message that differs from it.</summary>
public sealed class BaselineFixTests
{
    private const string File = "messages.ipmpsc-schema";
    private const string Other = "message Other id 9 version 1 size 4\n  X i32 @0\n";
    private const string Before = "message M id 7 version 1 size 4\n  A i32 @0\n";
    private const string After = "message M id 7 version 1 size 8\n  A i64 @0\n";
    private const string Using = "using IpMpsc;\n";
    private const string OtherMessage = "[ChannelMessage(Id = 9)] partial struct Other { public int X; }";

    [TestCase("", "[ChannelMessage(Id = 7)] partial struct {|IPM0028:M|} { public long A; }", After)]
    [TestCase(Other, OtherMessage + "[ChannelMessage(Id = 7)] partial struct {|IPM0028:M|} { public long A; }", Other + "\n" + After)]
    [TestCase(Before, "[ChannelMessage(Id = 7)] partial struct M { public long {|IPM0026:A|}; }", After)]
    [TestCase(
        "# Notes\n\n" + Before + "\n# More\n" + Other,
        OtherMessage + "[ChannelMessage(Id = 7)] partial struct M { public long {|IPM0026:A|}; }",
        "# Notes\n\n" + After + "\n# More\n" + Other)]
    [TestCase(
        "# Windows\r\n\r\n",
        "[ChannelMessage(Id = 7)] partial struct {|IPM0028:M|} { public long A; }",
        "# Windows\r\n\r\nmessage M id 7 version 1 size 8\r\n  A i64 @0\r\n")]
    [TestCase(
        "",
        "[ChannelMessage(Id = 7)] partial struct {|IPM0028:M|} { public long A; } [ChannelMessage(Id = 9)] partial struct {|IPM0028:Other|} { public int X; }",
        After + "\n" + Other)]
    public async Task MessagesAreWrittenIntoTheBaseline(string baseline, string source, string expected)
    {
        var test = new CodeFixTest<UpdateBaseline>
        {
            TestCode = Using + source,
            FixedCode = Using + source.Replace("{|IPM0026:", "").Replace("{|IPM0028:", "").Replace("|}", ""),
        };
        test.TestState.AdditionalFiles.Add((File, baseline));
        test.FixedState.AdditionalFiles.Add((File, expected));
        await test.RunAsync();
    }

    [TestCase(
        "[ChannelMessage(Id = 7)]\npartial struct M\n{\n    public int A;\n    /// <summary>New.</summary>\n    public int {|IPM0027:B|};\n}\n",
        "[ChannelMessage(Id = 7, Version = 2)]\npartial struct {|IPM0028:M|}\n{\n    public int A;\n"
            + "    /// <summary>New.</summary>\n    [Since(2)]\n    public int B;\n}\n")]
    [TestCase(
        "[ChannelMessage(Id = 7)] partial struct M { public int A; public int {|IPM0027:B|} { get; set; } }",
        "[ChannelMessage(Id = 7, Version = 2)] partial struct {|IPM0028:M|} { public int A; [Since(2)] public int B { get; set; } }")]
    [TestCase(
        "[ChannelMessage(Id = 7, Version = 3)] partial struct M { public int A; public int {|IPM0027:B|}; }",
        "[ChannelMessage(Id = 7, Version = 3)] partial struct {|IPM0028:M|} { public int A; [Since(3)] public int B; }")]
    [TestCase(
        "[ChannelMessage(Id = 7)] partial struct M { public int A; public int {|IPM0027:B|}; public int {|IPM0027:C|}; }",
        "[ChannelMessage(Id = 7, Version = 2)] partial struct {|IPM0028:M|} { public int A; [Since(2)] public int B; [Since(2)] public int C; }")]
    public async Task NewFieldsAreMarked(string source, string expected)
    {
        var test = new CodeFixTest<AddSince> { TestCode = Using + source, FixedCode = Using + expected };
        test.TestState.AdditionalFiles.Add((File, Before));
        await test.RunAsync();
    }

    [Test]
    public async Task MissingMessageIsDeletedFromTheBaseline()
    {
        Diagnostic missing = AnalyzerHarness.Analyze("", new BaselineFile("# Notes\n" + Other + "\n" + Before))
            .Single(found => found.Id == "IPM0043" && found.GetMessage().Contains("'Other'", StringComparison.Ordinal));
        using var workspace = new AdhocWorkspace();
        TextDocument baseline = workspace.AddProject("Consumer", LanguageNames.CSharp).AddAdditionalDocument(File, "# Notes\n" + Other + "\n" + Before);
        List<CodeAction> actions = [];
        await new RemoveFromBaseline().RegisterCodeFixesAsync(
            new CodeFixContext(baseline, missing, (action, _) => actions.Add(action), CancellationToken.None));

        ImmutableArray<CodeActionOperation> operations = await actions.Single().GetOperationsAsync(CancellationToken.None);
        Solution solution = operations.OfType<ApplyChangesOperation>().Single().ChangedSolution;
        Assert.That((await solution.GetAdditionalDocument(baseline.Id)!.GetTextAsync()).ToString(), Is.EqualTo("# Notes\n" + Before));
    }
}
