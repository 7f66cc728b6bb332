namespace IpMpsc.Generators.Tests;

/// <summary>Results that are not checked, fields that are not filled, and objects for one thread that several threads use.</summary>
public sealed class UsageTests
{
    private static IEnumerable<TestCaseData> Mistakes =>
    [
        Case("ignored", """
            {|IPM0037:sender.TrySend(default)|};
            {|IPM0037:exclusive.TrySend(default, TimeSpan.Zero)|};
            {|IPM0037:bytes.TrySend([1, 2])|};
            {|IPM0037:sender.TrySendWhenEmpty(default, TimeSpan.Zero)|};
            {|IPM0037:sender.TrySendBatch([])|};
            {|IPM0037:exclusiveBytes.TrySend([1, 2])|};
            {|IPM0037:objects.TrySend("")|};
            {|IPM0037:recordSender.TrySend(1, 1, [])|};
            {|IPM0037:marketSender.TrySend(new Quote())|};
            {|IPM0037:exclusiveMarket.TrySendBatch(new Quote[3])|};
            """),
        Case("ignored by a lambda", "Action action = () => {|IPM0037:sender.TrySend(default)|};"),
        Case("two tasks", """
            Task.Run(() => exclusive.Send(default));
            Task.Run(() => {|IPM0036:exclusive|}.Send(default));
            """),
        Case("tasks that are awaited together", """
            Task.WhenAll(Task.Run(() => exclusive.Send(default)), Task.Run(() => {|IPM0036:exclusive|}.Send(default))).Wait();
            """),
        Case("threads", """
            var first = new Thread(() => receiver.Receive());
            var second = new Thread(() => { Use({|IPM0036:receiver|}.TryReceive(out _)); });
            """),
        Case("threads of a protocol", """
            Parallel.Invoke(() => exclusiveMarket.Send(new Quote()), () => {|IPM0036:exclusiveMarket|}.Send(new Quote()));
            Parallel.Invoke(() => marketReceiver.Receive().Dispose(), () => {|IPM0036:marketReceiver|}.Receive().Dispose());
            """),
        Case("threads that receive records", """
            Parallel.For(0, 4, i => {|IPM0036:recordReceiver|}.ReceiveInPlace().Dispose());
            """),
        Case("a task per iteration", """
            for (int i = 0; i < 4; i++) { ThreadPool.QueueUserWorkItem(_ => {|IPM0036:exclusive|}.Send(default)); }
            """),
        Case("parallel loop", "Parallel.For(0, 4, i => {|IPM0036:exclusive|}.Send(default));"),
        Case("a task for each element", """
            int[] numbers = [1, 2];
            var tasks = System.Linq.Enumerable.Select(numbers, _ => Task.Run(() => {|IPM0036:exclusive|}.Send(default)));
            Array.ForEach(numbers, _ => { new Thread(() => {|IPM0036:exclusiveBytes|}.Send([1])).Start(); });
            """),
        Case("parallel calls", """
            Parallel.Invoke(() => exclusive.Send(default), () => Use({|IPM0036:exclusive|}));
            """),
        Case("a task and its method", """
            Task task = Task.Run(() => exclusive.Send(default));
            {|IPM0036:exclusive|}.Send(default);
            task.Wait();
            """),
        Case("a thread and its method", """
            var thread = new Thread(() => receiver.Receive());
            thread.Start();
            Use({|IPM0036:receiver|}.TryReceive(out _));
            thread.Join();
            """),
        Case("a local function that a task runs", """
            Task.Run(SendAll);
            {|IPM0036:exclusive|}.Send(default);
            void SendAll() => exclusive.Send(default);
            """),
        Case("threads with bytes and objects", """
            Parallel.For(0, 4, i => {|IPM0036:exclusiveBytes|}.Send([1]));
            Parallel.For(0, 4, i => {|IPM0036:objectReceiver|}.Receive());
            Parallel.For(0, 4, i => {|IPM0036:byteReceiver|}.ReceiveInPlace().Dispose());
            """),
        Case("a task with bytes and its method", """
            Task task = Task.Run(() => exclusiveBytes.Send([1]));
            {|IPM0036:exclusiveBytes|}.Send([2]);
            task.Wait();
            """),
        Case("a task with a protocol and its method", """
            Task task = Task.Run(() => exclusiveMarket.Send(new Quote()));
            {|IPM0036:exclusiveMarket|}.Send(new Quote());
            task.Wait();
            """),
        Case("a task with objects and its method", """
            Task task = Task.Run(() => objectReceiver.Receive());
            Use({|IPM0036:objectReceiver|}.TryReceive(out _));
            task.Wait();
            """),
        Case("a continuation and its method", """
            Task later = Task.Delay(100).ContinueWith(_ => exclusive.Send(default));
            {|IPM0036:exclusive|}.Send(default);
            """),
        Case("a timer that repeats", """
            using var timer = new Timer(_ => {|IPM0036:exclusive|}.Send(default), null, 0, 100);
            """),
        Case("a timer that fires once, and the method", """
            using var timer = new Timer(_ => exclusive.Send(default), null, 100, Timeout.Infinite);
            {|IPM0036:exclusive|}.Send(default);
            """),
        Case("timers of every kind of sender and receiver", """
            using var first = new Timer(_ => {|IPM0036:exclusiveBytes|}.Send([1]), null, 0, 100);
            using var second = new Timer(_ => {|IPM0036:exclusiveMarket|}.Send(new Quote()), null, 0, 100);
            using var third = new Timer(_ => {|IPM0036:recordReceiver|}.ReceiveInPlace().Dispose(), null, 0, 100);
            using var fourth = new Timer(_ => {|IPM0036:marketReceiver|}.Receive().Dispose(), null, 0, 100);
            using var fifth = new Timer(_ => Use({|IPM0036:objectReceiver|}.Receive()), null, 0, 100);
            """),
        Case("a timer of a time provider", """
            using var timer = TimeProvider.System.CreateTimer(
                _ => {|IPM0036:exclusive|}.Send(default), null, TimeSpan.Zero, TimeSpan.FromSeconds(1));
            """),
        Case("a timer with an event", """
            using var timer = new System.Timers.Timer(100);
            timer.Elapsed += (_, _) => {|IPM0036:receiver|}.Drain(message => Use(message.View.Bid));
            """),
        Case("sends that nothing awaits", """
            {|IPM0040:sender.SendAsync(default)|};
            {|IPM0040:exclusive.SendAsync(default)|};
            {|IPM0040:bytes.SendAsync(new byte[1])|};
            {|IPM0040:marketSender.SendAsync(new Quote())|};
            {|IPM0040:receiver.ReceiveAsync()|};
            {|IPM0040:receiver.WaitToReceiveAsync()|};
            {|IPM0040:exclusiveBytes.SendAsync(new byte[1])|};
            {|IPM0040:exclusiveMarket.SendAsync(new Quote())|};
            {|IPM0040:objects.SendAsync("")|};
            {|IPM0040:recordReceiver.WaitToReceiveAsync()|};
            {|IPM0040:marketReceiver.WaitToReceiveAsync()|};
            Action action = () => {|IPM0040:sender.SendAsync(default)|};
            AppDomain.CurrentDomain.ProcessExit += (_, _) => {|IPM0040:sender.SendAsync(default)|};
            new List<int>().ForEach(_ => {|IPM0040:sender.SendAsync(default)|});
            """),
        Case("sends that nothing awaits, in another form", """
            {|IPM0040:sender.SendAsync(default)|}.AsTask();
            {|IPM0040:sender.SendAsync(default)|}.ConfigureAwait(false);
            {|IPM0040:sender.SendAsync(default)|}.AsTask().ConfigureAwait(false);
            """),
        Case("sends within a task that is awaited alone", """
            Task.Run(() => {|IPM0040:sender.SendAsync(default)|}).Wait();
            Task.Run(() => {|IPM0040:exclusiveMarket.SendAsync(new Quote())|});
            Func<Task> send = async () => await Task.Run(() => { return {|IPM0040:sender.SendAsync(default)|}; });
            """),
        Case("fields that nothing fills", """
            using var claim = frames.Claim(new Frame.Sizes { {|IPM0042:Pixels|} = 10 });
            claim.Writer.Width = 1;
            claim.Commit();
            """),
        Case("fields that nothing fills through a variable", """
            if (!frames.TryClaim(new Frame.Sizes { {|IPM0042:Pixels|} = Environment.ProcessorCount }, out var claim)) { return; }
            using (claim)
            {
                var writer = claim.Writer;
                writer.Width = 1;
                claim.Commit();
            }
            """),
        Case("fields of sizes that nothing fills", """
            var sizes = new Frame.Sizes { {|IPM0042:Pixels|} = 10 };
            using var claim = frames.Claim(sizes);
            claim.Commit();
            """),
        Case("fields of sizes that are set later", """
            Frame.Sizes sizes = default;
            {|IPM0042:sizes.Pixels|} = 10;
            using var claim = frames.Claim(sizes);
            claim.Commit();
            """),
        Case("fields of sizes that are assigned as a whole", """
            Frame.Sizes sizes;
            sizes = new Frame.Sizes { {|IPM0042:Pixels|} = 10 };
            using var claim = marketSender.ClaimFrame(sizes);
            claim.Commit();
            """),
        Case("fields of a protocol that nothing fills", """
            using var claim = marketSender.ClaimFrame(new Frame.Sizes { {|IPM0042:Pixels|} = 10 });
            claim.Writer.Width = 1;
            claim.Commit();
            using var other = exclusiveMarket.ClaimFrame(new Frame.Sizes { {|IPM0042:Pixels|} = 10 });
            other.Commit();
            """),
        Case("capacities that cannot be", """
            const int Odd = 1000;
            Use(new IpcChannelOptions { Capacity = {|IPM0038:Odd|} });
            Use(new IpcChannelOptions { Capacity = {|IPM0038:0|} });
            Use(new IpcChannelOptions { Capacity = {|IPM0038:-64|} });
            Use(new IpcChannelOptions { Capacity = {|IPM0038:32|} });
            Use(new IpcChannelOptions { Capacity = {|IPM0038:1L << 32|} });
            """),
    ];

    private static IEnumerable<TestCaseData> GoodCode =>
    [
        Case("capacities", """
            Use(new IpcChannelOptions { Capacity = 64 });
            Use(new IpcChannelOptions { Capacity = 1L << 31 });
            Use(new IpcChannelOptions { Capacity = IpcChannelOptions.MaxCapacity, MaxSenders = 3 });
            Use(new IpcChannelOptions { Capacity = null });
            Use(new IpcChannelOptions { Capacity = (long)Compute() + 1000 });
            """),
        Case("sizes that are set and filled", """
            Frame.Sizes sizes = default;
            sizes.Pixels = 10;
            using var claim = frames.Claim(sizes);
            claim.Writer.Pixels.Clear();
            claim.Commit();
            """),
        Case("sizes that are set after the claim", """
            Frame.Sizes sizes = default;
            using var claim = frames.Claim(sizes);
            sizes.Pixels = 10;
            claim.Commit();
            """),
        Case("sizes that may be zero", """
            Frame.Sizes sizes = default;
            sizes.Pixels = 10;
            if (condition) { sizes.Pixels = 0; }
            using var claim = frames.Claim(sizes);
            claim.Commit();
            """),
        Case("sizes that a method may change", """
            var sizes = new Frame.Sizes { Pixels = 10 };
            static void Clear(ref Frame.Sizes sizes) => sizes = default;
            Clear(ref sizes);
            using var claim = frames.Claim(sizes);
            claim.Commit();
            """),
        Case("looked at", "if (!sender.TrySend(default)) { Use(0); } _ = sender.TrySend(default);"),
        Case("a sender for each task", """
            ExclusiveSender<Quote>[] all = [exclusive];
            var tasks = System.Linq.Enumerable.Select(all, own => Task.Run(() => own.Send(default)));
            Array.ForEach(all, _ => { var own = ExclusiveSender<Quote>.Open("quotes"); Task.Run(() => own.Send(default)); });
            Array.ForEach(all, _ => Task.Run(() => exclusive.Send(default)).Wait());
            foreach (Task task in System.Linq.Enumerable.Select(all, _ => Task.Run(() => exclusive.Send(default)))) { task.Wait(); }
            """),
        Case("one thread", "Task.Run(() => { for (int i = 0; i < 4; i++) { exclusive.Send(default); } });"),
        Case("shared senders", "Parallel.For(0, 4, i => sender.Send(default));"),
        Case("shared senders of any type", """
            Parallel.For(0, 4, i => marketSender.Send(new Quote()));
            Parallel.For(0, 4, i => recordSender.Send(1, 1, []));
            Parallel.For(0, 4, i => bytes.Send([1]));
            Parallel.For(0, 4, i => objects.Send(""));
            using var timer = new Timer(_ => recordSender.Send(1, 1, []), null, 0, 100);
            """),
        Case("a task that has ended", """
            Task task = Task.Run(() => exclusive.Send(default));
            task.Wait();
            exclusive.Send(default);
            Task other = Task.Run(() => exclusive.Send(default));
            Finish(other);
            exclusive.Send(default);
            static void Finish(Task task) => task.GetAwaiter().GetResult();
            """),
        Case("a task and its continuation", """
            Task task = Task.Run(() => exclusive.Send(default));
            task.ContinueWith(_ => exclusive.Send(default)).Wait();
            exclusive.Send(default);
            """),
        Case("before the task and in the other branch", """
            exclusive.Send(default);
            if (condition) { Task.Run(() => exclusive.Send(default)); } else { exclusive.Send(default); }
            """),
        Case("a thread that begins later", """
            var thread = new Thread(() => exclusive.Send(default));
            exclusive.Send(default);
            thread.Start();
            """),
        Case("a timer that fires once", "using var timer = new Timer(_ => exclusive.Send(default), null, 100, Timeout.Infinite);"),
        Case("a timer with a sender of its own", """
            using var timer = new Timer(_ => { using var own = ExclusiveSender<Quote>.Open("quotes"); own.Send(default); }, null, 0, 100);
            """),
        Case("sends that are awaited, kept or dropped on purpose", """
            Func<Task> send = async () => await sender.SendAsync(default);
            ValueTask task = sender.SendAsync(default);
            _ = sender.SendAsync(default);
            sender.SendAsync(default).GetAwaiter().GetResult();
            sender.SendAsync(default).AsTask().Wait();
            Action dropped = () => _ = sender.SendAsync(default);
            Action fired = async () => await sender.SendAsync(default);
            Task.Run(async () => await sender.SendAsync(default)).Wait();
            Task.Run(() => sender.SendAsync(default).AsTask()).Wait();
            ValueTask inner = Task.Run(() => sender.SendAsync(default)).Result;
            Use(task); Use(send); Use(inner);
            """),
        Case("fields that are filled, empty or passed on", """
            using (var claim = frames.Claim(new Frame.Sizes { Pixels = 10 })) { claim.Writer.Pixels.Fill(1); claim.Commit(); }
            using (var claim = frames.Claim(new Frame.Sizes { Pixels = 10 })) { var writer = claim.Writer; writer.Pixels[0] = 1; claim.Commit(); }
            using (var claim = frames.Claim(new Frame.Sizes { Pixels = 0 })) { claim.Writer.Width = 1; claim.Commit(); }
            using (var claim = frames.Claim(new Frame.Sizes { Pixels = 10 })) { Use(claim.Writer); claim.Commit(); }
            using (var claim = frames.Claim(new Frame.Sizes { Pixels = 10 })) { Use(claim); }
            using (var claim = frames.Claim(new Frame.Sizes { Pixels = 10 })) { claim.Payload.Clear(); claim.Commit(); }
            using (var claim = frames.Claim(new Frame.Sizes { Pixels = 10 })) { claim.Abort(); }
            var sizes = new Frame.Sizes { Pixels = 10 };
            using (var claim = frames.Claim(sizes)) { claim.Writer.Pixels.Clear(); claim.Commit(); }
            """),
        Case("one after the other", """
            Task.Run(() => exclusive.Send(default)).Wait();
            Task.Run(() => exclusive.Send(default)).GetAwaiter().GetResult();
            """),
        Case("joined in between", """
            var first = new Thread(() => exclusive.Send(default));
            first.Start(); first.Join();
            var second = new Thread(() => exclusive.Send(default));
            """),
        Case("one of two", """
            Task task = condition ? Task.Run(() => exclusive.Send(default)) : Task.Run(() => exclusive.Send(default));
            """),
        Case("waited for in the loop", """
            for (int i = 0; i < 4; i++) { Task.Run(() => exclusive.Send(default)).Wait(); }
            """),
        Case("one for each thread", """
            for (int i = 0; i < 4; i++)
            {
                var mine = ExclusiveSender<Quote>.Open("quotes");
                Task.Run(() => mine.Send(default));
            }
            Parallel.For(0, 4, i => { using var own = ExclusiveSender<Quote>.Open("quotes"); own.Send(default); });
            """),
        Case("disposed by another thread", """
            Task.Run(() => receiver.Receive());
            Task.Run(() => receiver.Dispose());
            """),
        Case("lambdas for the same thread", """
            Action first = () => exclusive.Send(default), second = () => exclusive.Send(default);
            first(); second();
            """),
    ];

    [TestCaseSource(nameof(Mistakes))]
    public void MistakeIsFound(string statements) => AnalyzerHarness.Verify(Programs.WithMethod(statements));

    [TestCaseSource(nameof(GoodCode))]
    public void GoodCodeIsLeftAlone(string statements) => AnalyzerHarness.Verify(Programs.WithMethod(statements));

    [TestCase("exclusive.Send(default)", "use a Sender, or open one for each thread")]
    [TestCase("exclusiveBytes.Send([1])", "use a ByteSender, or open one for each thread")]
    [TestCase("exclusiveMarket.Send(new Quote())", "use a Sender, or open one for each thread")]
    [TestCase("objectReceiver.Receive()", "let one thread receive and pass on copies")]
    public void WhatThreadsMayShareIsTold(string call, string told) => Assert.That(
        AnalyzerHarness.Analyze(Programs.WithMethod($"Parallel.For(0, 4, i => {call});")).Single(found => found.Id == "IPM0036").GetMessage(),
        Does.EndWith(told));

    [TestCase("-1", "64")]
    [TestCase("1000", "1,024")]
    [TestCase("10_000_000", "16,777,216")]
    [TestCase("long.MaxValue", "2,147,483,648")]
    public void NextValidCapacityIsReported(string capacity, string told) => Assert.That(
        AnalyzerHarness.Verify(Programs.WithMethod($"Use(new IpcChannelOptions {{ Capacity = {{|IPM0038:{capacity}|}} }});"))
            .Single().GetMessage(),
        Does.EndWith($"use {told}"));

    [Test]
    public void FieldOfThisIsSharedButThatOfAnotherObjectIsNot() => AnalyzerHarness.Verify(Programs.With("""
        private sealed class Worker(ExclusiveSender<Quote> sender)
        {
            public ExclusiveSender<Quote> Sender { get; } = sender;

            public void Start() => Parallel.For(0, 2, _ => {|IPM0036:Sender|}.Send(default));

            public static void Start(List<Worker> workers)
            {
                foreach (Worker worker in workers) { Task.Run(() => worker.Sender.Send(default)); }
            }
        }
        """));

    [Test]
    public void MethodThatATimerCallsIsFollowed() => AnalyzerHarness.Verify(Programs.With("""
        private sealed class Worker : IDisposable
        {
            private readonly ExclusiveSender<Quote> _sender = ExclusiveSender<Quote>.Open("quotes");
            private readonly Timer _timer;

            public Worker() => _timer = new Timer(OnTick, null, 0, 100);

            private void OnTick(object? state) => {|IPM0036:_sender|}.Send(default);

            public void Dispose() { _timer.Dispose(); _sender.Dispose(); }
        }
        """));

    private static TestCaseData Case(string name, string statements) =>
        new TestCaseData(statements).SetArgDisplayNames(name);
}
