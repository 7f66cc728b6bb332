using Microsoft.CodeAnalysis;

namespace IpMpsc.Generators.Tests;

/// <summary>Received messages that are not released, or are read after their release.</summary>
public sealed class MessageFlowTests
{
    private static IEnumerable<TestCaseData> Mistakes =>
    [
        Case("never released", "var message = {|IPM0032:receiver.ReceiveInPlace()|}; Use(message.View.Bid);"),
        Case("dropped", "Use({|IPM0032:receiver.ReceiveInPlace()|}.Read());"),
        Case("dropped after a look", "Use({|IPM0032:byteReceiver.ReceiveInPlace()|}.Payload.Length);"),
        Case("one branch", """
            if ({|IPM0032:byteReceiver.TryReceiveInPlace(out var message)|} && message.Payload.Length > 4) { message.Dispose(); }
            """),
        Case("next one in the same variable", """
            while (condition) { var message = {|IPM0032:receiver.ReceiveInPlace()|}; Use(message.View.Bid); }
            """),
        Case("record never released", "var record = {|IPM0032:recordReceiver.ReceiveInPlace()|}; Use(record.MessageId);"),
        Case("record of one branch", """
            if ({|IPM0032:recordReceiver.TryReceiveInPlace(out var record)|} && record.MessageId == 4) { record.Dispose(); }
            """),
        Case("message of a protocol never released", """
            var message = {|IPM0032:marketReceiver.Receive()|}; Use(message.AsQuote.Bid);
            """),
        Case("message of a protocol, tried", """
            if ({|IPM0032:marketReceiver.TryReceive(out var message)|}) { Use(message.Kind); }
            """),
        Case("held message never released", "var held = {|IPM0048:receiver.Hold()|}; Use(held.View.Bid);"),
        Case("held message of one branch", """
            if ({|IPM0048:receiver.TryHold(out var held)|} && held.View.Bid > 4) { held.Dispose(); }
            """),
        Case("held message of a protocol never released", """
            var held = {|IPM0048:marketReceiver.Hold()|}; Use(held.AsQuote.Bid);
            """),
        Case("held message dropped", "{|IPM0048:byteReceiver.Hold()|};"),
        Case("held message after its release", """
            var held = receiver.Hold();
            held.Dispose();
            Use({|IPM0049:held|}.View.Bid);
            """),
        Case("view of a held message after its release", """
            var held = frameReceiver.Hold();
            var view = held.View;
            held.Dispose();
            Use({|IPM0049:view|}.Width);
            """),
        Case("record after its release", """
            var record = recordReceiver.ReceiveInPlace();
            var payload = record.PayloadOf<Quote>();
            record.Dispose();
            Use({|IPM0033:payload|}[0]);
            """),
        Case("message of a protocol after its release", """
            Market.Message message = marketReceiver.Receive();
            var frame = message.AsFrame;
            message.Dispose();
            Use({|IPM0033:frame|}.Width);
            """),
        Case("message after its release", """
            var message = receiver.ReceiveInPlace();
            message.Dispose();
            Use({|IPM0033:message|}.View.Bid);
            """),
        Case("view after its release", """
            var message = frameReceiver.ReceiveInPlace();
            var view = message.View;
            message.Dispose();
            Use({|IPM0033:view|}.Width);
            """),
        Case("ref after its release", """
            var message = receiver.ReceiveInPlace();
            ref readonly Price quote = ref message.View.Price;
            message.Dispose();
            UseRef(in {|IPM0033:quote|});
            """),
        Case("span beyond the using block", """
            ReadOnlySpan<byte> payload;
            using (var message = byteReceiver.ReceiveInPlace()) { payload = message.Payload; }
            Use({|IPM0033:payload|}[0]);
            """),
        Case("field of a view beyond the using block", """
            ReadOnlySpan<byte> pixels = default;
            if (frameReceiver.TryReceiveInPlace(out var message))
            {
                using (message) { pixels = message.View.Pixels.Slice(1); }
            }
            Use({|IPM0033:pixels|}.ToArray());
            """),
        Case("cast span", """
            using var message = byteReceiver.ReceiveInPlace();
            var numbers = MemoryMarshal.Cast<byte, int>(message.Payload);
            message.Dispose();
            Use({|IPM0033:numbers|}[0]);
            """),
        Case("span chosen by a condition", """
            var message = byteReceiver.ReceiveInPlace();
            var span = condition ? message.Payload : default;
            message.Dispose();
            Use({|IPM0033:span|}[0]);
            """),
        Case("view constructed by hand", """
            var message = frameReceiver.ReceiveInPlace();
            var view = new Frame.View(message.Payload, 1);
            message.Dispose();
            Use({|IPM0033:view|}.Width);
            """),
        Case("copy of the view", """
            var message = frameReceiver.ReceiveInPlace();
            var view = message.View;
            var other = view;
            message.Dispose();
            Use({|IPM0033:other|}.Width);
            """),
        Case("in a handler", """
            receiver.Drain(message => { message.Dispose(); Use({|IPM0033:message|}.View.Bid); });
            """),
        Case("view held to the next iteration", """
            Frame.View last = default;
            foreach (var message in frameReceiver.ReadAll())
            {
                Use({|IPM0034:last|}.Width);
                last = message.View;
            }
            """),
        Case("message held beyond the loop", """
            ReceivedMessage<Quote> last = default;
            foreach (var message in receiver.ReadAll()) { last = message; }
            Use({|IPM0034:last|}.View.Bid);
            """),
        Case("payload held to the next iteration", """
            ReadOnlySpan<byte> last = default;
            foreach (var message in byteReceiver.ReadAll()) { Use({|IPM0034:last|}.ToArray()); last = message.Payload; }
            """),
        Case("in a handler of bytes", """
            byteReceiver.Drain(message => { message.Dispose(); Use({|IPM0033:message|}.Payload.Length); });
            """),
        Case("second message in place", """
            using var first = receiver.ReceiveInPlace();
            using var second = {|IPM0041:receiver.ReceiveInPlace()|};
            """),
        Case("copy while a message is in hand", """
            var message = receiver.ReceiveInPlace();
            Use({|IPM0041:receiver.Receive()|}.Bid);
            message.Dispose();
            """),
        Case("holding while a message is in hand", """
            using var message = receiver.ReceiveInPlace();
            using var held = {|IPM0041:receiver.Hold()|};
            """),
        Case("second message of a protocol", """
            using var message = marketReceiver.Receive();
            if ({|IPM0041:marketReceiver.TryReceive(out var next)|}) { next.Dispose(); }
            """),
        Case("second record", """
            using (recordReceiver.ReceiveInPlace()) { }
            using var record = recordReceiver.ReceiveInPlace();
            using var next = {|IPM0041:recordReceiver.ReceiveInPlace()|};
            """),
        Case("receive inside of ReadAll", """
            foreach (var message in receiver.ReadAll()) { Use({|IPM0041:receiver.Receive()|}.Bid); }
            """),
        Case("receive inside of a handler", """
            receiver.Drain(message => { Use({|IPM0041:receiver.Receive()|}.Bid); });
            """),
        Case("span held by a loop of another kind", """
            ReadOnlySpan<byte> last = default;
            using var messages = frameReceiver.ReadAll().GetEnumerator();
            while (messages.MoveNext()) { Use({|IPM0034:last|}[0]); last = messages.Current.Payload; }
            """),
    ];

    private static IEnumerable<TestCaseData> GoodCode =>
    [
        Case("using", "using var message = receiver.ReceiveInPlace(); Use(message.View.Bid);"),
        Case("using block", "using (var message = receiver.ReceiveInPlace()) { Use(message.View.Bid); }"),
        Case("using without a variable", "using (byteReceiver.ReceiveInPlace()) { }"),
        Case("tried", "if (receiver.TryReceiveInPlace(out var message)) { using (message) { Use(message.View.Bid); } }"),
        Case("tried in a loop", """
            while (receiver.TryReceiveInPlace(out var message)) { Use(message.Read()); message.Dispose(); }
            """),
        Case("tried into a variable", """
            bool received = receiver.TryReceiveInPlace(out ReceivedMessage<Quote> message);
            using (message) { if (received) { Use(message.Read()); } }
            """),
        Case("copied before the release", """
            var message = frameReceiver.ReceiveInPlace();
            Frame frame = message.Read();
            byte[] pixels = message.View.Pixels.ToArray();
            ReadOnlySpan<byte> copy = message.Payload.ToArray();
            message.Dispose();
            Use(frame.Width + pixels.Length + copy[0]);
            """),
        Case("position and length after the release", """
            var message = byteReceiver.ReceiveInPlace();
            var payload = message.Payload;
            message.Dispose();
            Use(message.Position + payload.Length);
            """),
        Case("disposed twice", "using var message = receiver.ReceiveInPlace(); Use(message.Read()); message.Dispose();"),
        Case("loop", "foreach (var message in frameReceiver.ReadAll()) { var view = message.View; Use(view.Width); }"),
        Case("copies held across iterations", """
            Quote last = default;
            foreach (var message in receiver.ReadAll()) { Use(last.Bid); last = message.View.Read(); }
            """),
        Case("view held, but replaced before its use", """
            Frame.View last = default;
            foreach (var message in frameReceiver.ReadAll()) { last = message.View; Use(last.Width); }
            """),
        Case("record", "using var record = recordReceiver.ReceiveInPlace(); Use(record.Payload.Length);"),
        Case("message of a protocol", """
            while (marketReceiver.TryReceive(out var message)) { using (message) { Use(message.AsFrame.Width); } }
            """),
        Case("handler of a protocol", "var handler = new Handler(); marketReceiver.ReceiveTo(handler); marketReceiver.DrainTo(handler);"),
        Case("expected not to be there", "Use(receiver.TryReceiveInPlace(out _));"),
        Case("receive of another receiver inside of ReadAll", """
            foreach (var message in receiver.ReadAll()) { Use(frameReceiver.Receive().Width); }
            foreach (var message in receiver.ReadAll()) { break; }
            Use(receiver.Receive().Bid);
            """),
        Case("one message after the other", """
            using (receiver.ReceiveInPlace()) { }
            var message = receiver.ReceiveInPlace();
            message.Dispose();
            Use(receiver.Receive().Bid);
            """),
        Case("held message", "using var held = receiver.Hold(); Use(held.View.Bid);"),
        Case("held message in a block", "if (receiver.TryHold(out var held)) { using (held) { Use(held.View.Bid); } }"),
        Case("in place while others are held", """
            using var held = receiver.Hold();
            using var message = receiver.ReceiveInPlace();
            Use(held.View.Bid + message.View.Bid);
            """),
        Case("several held at once", """
            using var first = receiver.Hold();
            using var second = receiver.Hold();
            Use(first.View.Bid + second.View.Bid);
            """),
        Case("held message that is stored", "var list = new System.Collections.Generic.List<HeldBytes>(); list.Add(byteReceiver.Hold());"),
        Case("held message that another thread releases", """
            var held = receiver.Hold();
            System.Threading.Tasks.Task.Run(() => { using (held) { Use(held.View.Bid); } }).Wait();
            """),
        Case("each held message of a list", """
            var list = new System.Collections.Generic.List<HeldMessage<Quote>>();
            foreach (var held in list) { Use(held.View.Bid); held.Dispose(); }
            """),
        Case("held message of a pattern in a loop", """
            HeldMessage<Quote>? last = null;
            while (condition) { if (last is { } held) { Use(held.View.Bid); held.Dispose(); } last = receiver.Hold(); }
            """),
        Case("held message assigned again", """
            var held = receiver.Hold();
            held.Dispose();
            held = receiver.Hold();
            Use(held.View.Bid);
            held.Dispose();
            """),
        Case("held message asked after its release", "var held = receiver.Hold(); held.Dispose(); Use(held.IsHeld || held.Position == 0);"),
        Case("handler", "receiver.Drain(message => Use(message.View.Bid));"),
    ];

    [TestCaseSource(nameof(Mistakes))]
    public void MistakeIsFound(string statements) => AnalyzerHarness.Verify(Programs.WithMethod(statements));

    [TestCaseSource(nameof(GoodCode))]
    public void GoodCodeIsLeftAlone(string statements) => AnalyzerHarness.Verify(Programs.WithMethod(statements));

    [TestCase("receiver.ReceiveInPlace()", "message", "declare it with 'using'")]
    [TestCase("recordReceiver.TryReceiveInPlace(out var message)", "message", "put all that follows into 'using (message) { ... }'")]
    [TestCase("marketReceiver.TryReceive(out var message)", "message", "put all that follows into 'using (message) { ... }'")]
    [TestCase("receiver.TryHold(out var held)", "held", "put all that follows into 'using (held) { ... }'")]
    public void AdviceCanBeFollowed(string call, string variable, string advice)
    {
        bool isTried = call.Contains("out var", StringComparison.Ordinal);
        string before = isTried ? $"if ({call}) {{ Use({variable}.Position); }}" : $"var {variable} = {call}; Use({variable}.Position);";
        string after = isTried ? $"if ({call}) {{ using ({variable}) {{ Use({variable}.Position); }} }}" : $"using var {variable} = {call}; Use({variable}.Position);";

        Assert.That(AnalyzerHarness.Analyze(Programs.WithMethod(before)).Single().GetMessage(), Does.EndWith("; " + advice));
        AnalyzerHarness.Verify(Programs.WithMethod(after));
    }

    [Test]
    public void ReturnedMessageIsReleasedByTheCaller() => AnalyzerHarness.Verify(Programs.With("""
        public static ReceivedMessage<Quote> Next(Receiver<Quote> receiver) => receiver.ReceiveInPlace();
        public static bool TryNext(Receiver<Quote> receiver, out ReceivedMessage<Quote> message) =>
            receiver.TryReceiveInPlace(out message);
        public static Claim<Quote> Claim(Sender<Quote> sender)
        {
            var claim = sender.Claim();
            claim.Writer.Bid = 1;
            return claim;
        }
        """));

    [Test]
    public void TopLevelStatementsAreFollowedToo()
    {
        Compilation program = GeneratorHarness.Compile("""
            using var receiver = IpMpsc.Receiver<Quote>.CreateTemporary();
            var message = receiver.ReceiveInPlace();
            System.Console.WriteLine(message.View.Bid);
            [IpMpsc.ChannelMessage] public partial struct Quote { public double Bid; }
            """);
        program = program.WithOptions(program.Options.WithOutputKind(OutputKind.ConsoleApplication));

        Assert.That(
            AnalyzerHarness.Analyze(GeneratorHarness.Run(program).Output).Select(found => found.Id),
            Is.EqualTo(new[] { "IPM0032" }));
    }

    private static TestCaseData Case(string name, string statements) =>
        new TestCaseData(statements).SetArgDisplayNames(name);
}
