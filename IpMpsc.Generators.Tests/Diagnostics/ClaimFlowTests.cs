namespace IpMpsc.Generators.Tests;

/// <summary>Claims that are forgotten, given up without intent, or used when they are gone.</summary>
public sealed class ClaimFlowTests
{
    private static IEnumerable<TestCaseData> Leaks =>
    [
        Case("never ended", """
            var claim = {|IPM0030:sender.Claim()|};
            claim.Writer.Bid = 1;
            """),
        Case("one branch", """
            Claim<Quote> claim = {|IPM0030:exclusive.Claim()|};
            if (condition) { claim.Commit(); }
            """),
        Case("early return", """
            var claim = {|IPM0030:bytes.Claim(8)|};
            if (condition) { return; }
            claim.Commit();
            """),
        Case("explicit throw", """
            var claim = {|IPM0030:bytes.Claim(8)|};
            if (condition) { throw new InvalidOperationException(); }
            claim.Commit();
            """),
        Case("swallowed exception", """
            var claim = {|IPM0030:sender.Claim()|};
            try { claim.Writer.Bid = Compute(); claim.Commit(); }
            catch (InvalidOperationException) { }
            """),
        Case("tried", """
            if ({|IPM0030:sender.TryClaim(out var claim)|}) { claim.Writer.Bid = 1; }
            """),
        Case("tried or return", """
            if (!{|IPM0030:sender.TryClaim(out Claim<Quote> claim)|}) { return; }
            claim.Writer.Bid = 1;
            """),
        Case("each iteration", """
            while (true) { var claim = {|IPM0030:sender.Claim()|}; if (condition) { claim.Commit(); } }
            """),
        Case("dropped", """
            {|IPM0030:sender.Claim()|}.Writer.Bid = 1;
            {|IPM0030:bytes.Claim(1)|};
            _ = {|IPM0030:bytes.Claim(1)|};
            {|IPM0030:bytes.TryClaim(1, out _)|};
            """),
        Case("of a protocol", """
            var claim = {|IPM0030:marketSender.ClaimQuote()|};
            claim.Writer.Bid = 1;
            if ({|IPM0030:exclusiveMarket.TryClaimFrame(default, out var frame)|}) { frame.Writer.Width = 1; }
            """),
        Case("in a lambda", """
            Action action = () => { var claim = {|IPM0030:sender.Claim()|}; claim.Writer.Bid = 1; };
            """),
        Case("in a lambda inside a try", """
            try
            {
                Action action = () => { var claim = {|IPM0030:sender.Claim()|}; claim.Writer.Bid = Compute(); };
                action();
            }
            finally { Compute(); }
            """),
        Case("in a local function", """
            Local();
            void Local() { var claim = {|IPM0030:sender.Claim()|}; claim.Writer.Bid = 1; }
            """),
    ];

    private static IEnumerable<TestCaseData> Ended =>
    [
        Case("of a protocol", "using var claim = marketSender.ClaimQuote(); claim.Writer.Bid = Compute(); claim.Commit();"),
        Case("using", "using var claim = sender.Claim(); claim.Writer.Bid = Compute(); claim.Commit();"),
        Case("using block", "using (var claim = sender.Claim()) { claim.Writer.Bid = 1; claim.Commit(); }"),
        Case("using in a caught try", """
            try { using var claim = sender.Claim(); claim.Writer.Bid = Compute(); claim.Commit(); }
            catch (Exception) { Compute(); }
            """),
        Case("using with a loop around", """
            for (int i = 0; i < 9; i++) { using var claim = sender.Claim(); if (condition) { continue; } claim.Commit(); }
            """),
        Case("both branches", """
            var claim = sender.Claim();
            if (condition) { claim.Commit(); } else { claim.Abort(); }
            """),
        Case("chained", "bytes.Claim(0).Commit();"),
        Case("finally", """
            var claim = sender.Claim();
            try { claim.Writer.Bid = Compute(); claim.Commit(); } finally { claim.Dispose(); }
            """),
        Case("caught and thrown on", """
            var claim = sender.Claim();
            try { claim.Writer.Bid = Compute(); claim.Commit(); } catch { claim.Abort(); throw; }
            """),
        Case("return through a finally", """
            var claim = sender.Claim();
            try { if (condition) { claim.Abort(); return; } } finally { Compute(); }
            claim.Commit();
            """),
        Case("only the commit can fail", """
            var claim = sender.Claim();
            try { claim.Commit(); } catch (InvalidOperationException) { }
            """),
        Case("tried", "if (sender.TryClaim(out var claim)) { claim.Commit(); }"),
        Case("tried and used", "if (!sender.TryClaim(out var claim)) { return; } using (claim) { claim.Commit(); }"),
        Case("tried in a loop", "Claim<Quote> claim; while (!sender.TryClaim(out claim)) { } claim.Commit();"),
        Case("tried into a variable", """
            bool claimed = sender.TryClaim(out var claim);
            if (claimed) { claim.Commit(); }
            """),
        Case("claimed under a condition", """
            Claim<Quote> claim = default;
            if (condition) { claim = sender.Claim(); }
            if (condition) { claim.Commit(); }
            """),
        Case("handed on", "var claim = sender.Claim(); Use(claim);"),
        Case("a call that never returns", """
            var claim = sender.Claim();
            if (condition) { Environment.FailFast("broken"); }
            claim.Commit();
            """),
    ];

    private static IEnumerable<TestCaseData> Uncommitted =>
    [
        Case("using", "using var {|IPM0031:claim|} = sender.Claim(); claim.Writer.Bid = 1;"),
        Case("using block", "using (ByteClaim {|IPM0031:claim|} = bytes.Claim(4)) { claim.Payload.Clear(); }"),
        Case("disposed", "var {|IPM0031:claim|} = sender.Claim(); claim.Dispose();"),
        Case("tried", "if (sender.TryClaim(out var {|IPM0031:claim|})) { using (claim) { claim.Writer.Bid = 1; } }"),
    ];

    private static IEnumerable<TestCaseData> Committed =>
    [
        Case("somewhere", "using var claim = sender.Claim(); if (condition) { claim.Commit(); }"),
        Case("aborted on purpose", "using var claim = sender.Claim(); claim.Abort();"),
        Case("handed on", "using var claim = sender.Claim(); Use(claim);"),
    ];

    private static IEnumerable<TestCaseData> UsedAfterCommit =>
    [
        Case("writer", "using var claim = sender.Claim(); claim.Commit(); {|IPM0035:claim|}.Writer.Bid = 1;"),
        Case("span", """
            using var claim = bytes.Claim(8);
            Span<byte> span = claim.Payload;
            claim.Commit();
            {|IPM0035:span|}.Clear();
            """),
        Case("slice in a loop", """
            using var claim = bytes.Claim(8);
            Span<byte> span = claim.Payload[4..];
            while (condition) { {|IPM0035:span|}[0]++; claim.Commit(); }
            """),
        Case("ref", """
            var claim = sender.Claim();
            ref Quote quote = ref claim.Writer;
            claim.Commit();
            {|IPM0035:quote|}.Bid = 1;
            """),
        Case("ref to a field", """
            var claim = sender.Claim();
            ref double bid = ref claim.Writer.Bid;
            claim.Commit();
            {|IPM0035:bid|} = 1;
            """),
    ];

    private static IEnumerable<TestCaseData> UsedBeforeCommit =>
    [
        Case("length", """
            using var claim = bytes.Claim(8);
            Span<byte> span = claim.Payload;
            claim.Commit();
            Use(span.Length);
            """),
        Case("another claim in the same variable", """
            while (condition) { var claim = bytes.Claim(8); var span = claim.Payload; span.Clear(); claim.Commit(); }
            """),
        Case("a span of something else by then", """
            using var claim = bytes.Claim(8);
            Span<byte> span = claim.Payload;
            claim.Commit();
            span = new byte[8];
            span.Clear();
            """),
    ];

    [TestCaseSource(nameof(Leaks))]
    [TestCaseSource(nameof(Uncommitted))]
    [TestCaseSource(nameof(UsedAfterCommit))]
    public void MistakeIsFound(string statements) => AnalyzerHarness.Verify(Programs.WithMethod(statements));

    [TestCaseSource(nameof(Ended))]
    [TestCaseSource(nameof(Committed))]
    [TestCaseSource(nameof(UsedBeforeCommit))]
    public void GoodCodeIsLeftAlone(string statements) => AnalyzerHarness.Verify(Programs.WithMethod(statements));

    private static TestCaseData Case(string name, string statements) =>
        new TestCaseData(statements).SetArgDisplayNames(name);
}
