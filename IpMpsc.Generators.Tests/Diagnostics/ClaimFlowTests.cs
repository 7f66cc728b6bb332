namespace IpMpsc.Generators.Tests;

/// <summary>Claims that stay open, are aborted by mistake, or are used after their end.</summary>
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
            var part = {|IPM0030:exclusiveBytes.Claim(8)|};
            part.Payload.Clear();
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
            try { if (condition) { claim.Abort(); return; } } finally { condition = false; }
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

    private static IEnumerable<TestCaseData> LostByException =>
    [
        Case("a call before the commit", """
            var claim = {|IPM0039:sender.Claim()|};
            claim.Writer.Bid = Compute();
            claim.Commit();
            """),
        Case("a call in a branch", """
            var claim = {|IPM0039:bytes.Claim(8)|};
            if (condition) { Use(0); }
            claim.Commit();
            """),
        Case("a call in a loop", """
            var claim = {|IPM0039:bytes.Claim(8)|};
            for (int i = 0; i < 8; i++) { claim.Payload[i] = (byte)Compute(); }
            claim.Commit();
            """),
        Case("tried", """
            if ({|IPM0039:sender.TryClaim(out var claim)|}) { claim.Writer.Bid = Compute(); claim.Commit(); }
            """),
        Case("a finally that does something else", """
            var claim = {|IPM0039:sender.Claim()|};
            try { claim.Writer.Bid = Compute(); } finally { condition = false; }
            claim.Commit();
            """),
        Case("a parser", """
            var claim = {|IPM0039:sender.Claim()|};
            claim.Writer.Bid = double.Parse("1.5");
            claim.Commit();
            """),
        Case("a constructor that throws", """
            var claim = {|IPM0039:sender.Claim()|};
            claim.Writer.Bid = new Checked(1).Value;
            claim.Commit();
            """),
        Case("a constructor that calls", """
            var claim = {|IPM0039:sender.Claim()|};
            Computed computed = new();
            claim.Writer.Bid = computed.Value;
            claim.Commit();
            """),
        Case("of a protocol", """
            var claim = {|IPM0039:marketSender.ClaimQuote()|};
            claim.Writer.Bid = Compute();
            claim.Commit();
            var other = {|IPM0039:exclusiveMarket.ClaimQuote()|};
            other.Writer.Bid = Compute();
            other.Commit();
            var part = {|IPM0039:exclusiveBytes.Claim(8)|};
            part.Payload[0] = (byte)Compute();
            part.Commit();
            """),
    ];

    private static IEnumerable<TestCaseData> SafeFromExceptions =>
    [
        Case("nothing is called", "var claim = bytes.Claim(8); claim.Payload.Fill(1); claim.Payload[..4].CopyTo(claim.Payload[4..]); claim.Commit();"),
        Case("called before the claim", "double bid = Compute(); var claim = sender.Claim(); claim.Writer.Bid = bid; claim.Commit();"),
        Case("called after the commit", "var claim = sender.Claim(); claim.Writer.Bid = 1; claim.Commit(); Use(Compute());"),
        Case("constructors that only store", """
            var claim = sender.Claim();
            claim.Writer.Bid = new Stored(1).Value + new Quote { Bid = 1 }.Bid + new int[1].Length + new List<int>().Count;
            claim.Commit();
            """),
        Case("known not to throw", "var claim = sender.Claim(); claim.Writer.Bid = Math.Sqrt(2); claim.Commit();"),
        Case("caught", """
            var claim = sender.Claim();
            try { claim.Writer.Bid = Compute(); claim.Commit(); } catch (Exception) { claim.Abort(); }
            """),
        Case("aborted in a finally", """
            var claim = sender.Claim();
            try { claim.Writer.Bid = Compute(); claim.Commit(); } finally { claim.Dispose(); }
            """),
    ];

    private static IEnumerable<TestCaseData> Nested =>
    [
        Case("an exclusive sender has one claim", """
            using var first = exclusive.Claim();
            using var second = {|IPM0041:exclusive.Claim()|};
            first.Commit(); second.Commit();
            """),
        Case("an exclusive sender of bytes", """
            using var claim = exclusiveBytes.Claim(8);
            {|IPM0041:exclusiveBytes.Send([1])|};
            claim.Commit();
            """),
        Case("an exclusive sender that tries", """
            using var claim = exclusive.Claim();
            if ({|IPM0041:exclusive.TrySend(default)|}) { claim.Commit(); }
            """),
        Case("an exclusive sender of a protocol", """
            using var claim = exclusiveMarket.ClaimQuote();
            {|IPM0041:exclusiveMarket.Send(new Quote())|};
            claim.Commit();
            """),
        Case("a shared sender waits for its own claim", """
            using var claim = sender.Claim();
            {|IPM0041:sender.Send(default)|};
            claim.Commit();
            """),
        Case("in a loop", """
            using var claim = bytes.Claim(8);
            for (int i = 0; i < 9; i++) { {|IPM0041:bytes.Send([1])|}; }
            claim.Commit();
            """),
        Case("on one path", """
            using var claim = sender.Claim();
            if (condition) { claim.Abort(); }
            {|IPM0041:sender.Send(default)|};
            """),
    ];

    private static IEnumerable<TestCaseData> NotNested =>
    [
        Case("one after the other", """
            using (var claim = exclusive.Claim()) { claim.Commit(); }
            exclusive.Send(default);
            """),
        Case("after the commit", "using var claim = exclusive.Claim(); claim.Commit(); exclusive.Send(default);"),
        Case("of two senders", "using var claim = exclusive.Claim(); sender.Send(default); claim.Commit();"),
        Case("a shared sender that does not wait", "using var claim = sender.Claim(); Use(sender.TrySend(default)); claim.Commit();"),
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
    [TestCaseSource(nameof(LostByException))]
    [TestCaseSource(nameof(Nested))]
    [TestCaseSource(nameof(Uncommitted))]
    [TestCaseSource(nameof(UsedAfterCommit))]
    public void MistakeIsFound(string statements) => AnalyzerHarness.Verify(Programs.WithMethod(statements));

    [TestCaseSource(nameof(Ended))]
    [TestCaseSource(nameof(SafeFromExceptions))]
    [TestCaseSource(nameof(NotNested))]
    [TestCaseSource(nameof(Committed))]
    [TestCaseSource(nameof(UsedBeforeCommit))]
    public void GoodCodeIsLeftAlone(string statements) => AnalyzerHarness.Verify(Programs.WithMethod(statements));

    [TestCase("sender.Claim().Writer.Bid = 1;", "keep it in a variable that is declared with 'using'")]
    [TestCase("var claim = sender.Claim(); claim.Writer.Bid = 1;", "declare it with 'using'")]
    [TestCase("if (sender.TryClaim(out var claim)) { claim.Writer.Bid = 1; }", "put all that follows into 'using (claim) { ... }'")]
    [TestCase(
        "var claim = sender.Claim(); claim.Commit(); claim = sender.Claim(); claim.Writer.Bid = 1;",
        "'claim' is assigned more than once, so give each its own variable, declared with 'using'")]
    public void AdviceCanBeFollowed(string statements, string advice) => Assert.That(
        AnalyzerHarness.Analyze(Programs.WithMethod(statements)).Single(found => found.Id == "IPM0030").GetMessage(),
        Does.EndWith("; " + advice));

    private static TestCaseData Case(string name, string statements) =>
        new TestCaseData(statements).SetArgDisplayNames(name);
}
