using System.Diagnostics;
using IpMpsc.Extensions.Hosting.Logging;
using Microsoft.Extensions.Logging;

namespace IpMpsc.Extensions.Hosting.Tests.Logging;

/// <summary>Everything that is passed to a logger arrives in the channel.</summary>
public sealed partial class EventTests
{
    [Test]
    public void EventCarriesWhatTheLoggerWasTold()
    {
        using LoggingFixture logs = new();
        DateTimeOffset before = DateTimeOffset.UtcNow;
        logs.Logger.LogWarning(new EventId(17, "Late"), "Order {Number} of {Customer} is {Days:0.0} days late", 5, "Größe", 1.25);

        LogEvent entry = logs.Next();
        Assert.Multiple(() =>
        {
            Assert.That(entry.Level, Is.EqualTo(LogLevel.Warning));
            Assert.That(entry.Category, Is.EqualTo("Shop.Orders"));
            Assert.That((entry.EventId, entry.EventName), Is.EqualTo((17, "Late")));
            Assert.That(entry.Message, Is.EqualTo("Order 5 of Größe is 1.3 days late"));
            Assert.That(entry.Template, Is.EqualTo("Order {Number} of {Customer} is {Days:0.0} days late"));
            Assert.That(entry.Fields, Is.EqualTo(new[]
            {
                new LogField { Name = "Number", Value = "5", Kind = LogFieldKind.Number },
                new LogField { Name = "Customer", Value = "Größe", Kind = LogFieldKind.Text },
                new LogField { Name = "Days", Value = "1.25", Kind = LogFieldKind.Number },
            }));
            Assert.That(entry.Application, Is.EqualTo("Test"));
            Assert.That(entry.ProcessId, Is.EqualTo(Environment.ProcessId));
            Assert.That(entry.ThreadId, Is.EqualTo(Environment.CurrentManagedThreadId));
            Assert.That(entry.TimeUnixNano, Is.InRange(before.ToUnixTimeMilliseconds() * 1_000_000, DateTimeOffset.UtcNow.AddMilliseconds(1).ToUnixTimeMilliseconds() * 1_000_000));
            Assert.That((entry.Exception, entry.TraceId, entry.IsTruncated, entry.Scopes.Length), Is.EqualTo(((string?)null, (string?)null, false, 0)));
        });
    }

    [Test]
    public void HandWrittenPayloadEqualsThatOfTheGenerator()
    {
        using LoggingFixture logs = new();
        using IDisposable? scope = logs.Logger.BeginScope("outer");
        logs.Logger.LogError(new EventId(1, "one"), new InvalidOperationException("bad"), "{A} {B} {C}", null, "ä€", true);
        using ReceivedMessage<LogEvent> message = logs.Receiver.ReceiveInPlace();
        LogEvent entry = message.Read();

        byte[] generated = new byte[Measure(entry)];
        Write(entry, generated);
        Assert.That(message.Payload.ToArray(), Is.EqualTo(generated));
    }

    [Test]
    public void ExceptionIncludesItsStack()
    {
        using LoggingFixture logs = new();
        Exception failure = Assert.Throws<InvalidOperationException>(() => throw new InvalidOperationException("bad order"));
        logs.Logger.LogError(failure, "Failed");

        Assert.That(logs.Next().Exception, Is.EqualTo(failure.ToString()).And.Contain(nameof(ExceptionIncludesItsStack)));
    }

    [Test]
    public void ScopesAreOrderedFromTheOutermost()
    {
        using LoggingFixture logs = new();
        using IDisposable? outer = logs.Logger.BeginScope("Request {RequestId} of {User}", 7, "ann");
        using IDisposable? middle = logs.Logger.BeginScope("a text");
        using IDisposable? inner = logs.Logger.BeginScope(new Dictionary<string, object?> { ["Step"] = 2 });
        logs.Logger.LogInformation("In scopes");

        Assert.That(logs.Next().Scopes, Is.EqualTo(new[]
        {
            new LogField { Name = "RequestId", Value = "7", Kind = LogFieldKind.Number },
            new LogField { Name = "User", Value = "ann", Kind = LogFieldKind.Text },
            new LogField { Name = "", Value = "a text", Kind = LogFieldKind.Text },
            new LogField { Name = "Step", Value = "2", Kind = LogFieldKind.Number },
        }));
    }

    [Test]
    public void ScopesCanBeLeftOut()
    {
        using LoggingFixture logs = new(configure: options => options.IncludeScopes = false);
        using IDisposable? scope = logs.Logger.BeginScope("a text");
        logs.Logger.LogInformation("In scopes");

        Assert.That(logs.Next().Scopes, Is.Empty);
    }

    [Test]
    public void TraceOfTheActivityIsIncluded()
    {
        using LoggingFixture logs = new();
        using Activity activity = new Activity("work").SetIdFormat(ActivityIdFormat.W3C).Start();
        logs.Logger.LogInformation("In a trace");

        LogEvent entry = logs.Next();
        Assert.That(entry.TraceId, Is.EqualTo(activity.TraceId.ToHexString()));
        Assert.That(entry.SpanId, Is.EqualTo(activity.SpanId.ToHexString()));
    }

    [Test]
    public void GeneratedLoggerMethodsKeepTheirValues()
    {
        using LoggingFixture logs = new();
        Few(logs.Logger, 3, "x");
        Many(logs.Logger, 1, 2, 3, 4, 5, 6, "seven");

        LogEvent few = logs.Next();
        LogEvent many = logs.Next();
        Assert.Multiple(() =>
        {
            Assert.That(few.Message, Is.EqualTo("Few 3 and x"));
            Assert.That(few.EventName, Is.EqualTo("Few"));
            Assert.That(few.Fields.Select(field => $"{field.Name}={field.Value}"), Is.EqualTo(["count=3", "Name=x"]).IgnoreCase);
            Assert.That(many.Message, Is.EqualTo("Many 1 2 3 4 5 6 seven"));
            Assert.That(many.Fields.Select(field => field.Value), Is.EqualTo(["1", "2", "3", "4", "5", "6", "seven"]));
        });
    }

    [Test]
    public void StateThatIsNotAListIsRenderedByItsFormatter()
    {
        using LoggingFixture logs = new();
        logs.Logger.Log(LogLevel.Debug, default, 42, null, (state, _) => $"<{state}>");

        LogEvent entry = logs.Next();
        Assert.That((entry.Message, entry.Template, entry.Fields.Length), Is.EqualTo(("<42>", (string?)null, 0)));
    }

    [Test]
    public void LevelsOfTheConfigurationApply()
    {
        using LoggingFixture logs = new([("Logging:IpMpsc:LogLevel:Default", "Warning")]);
        logs.Logger.LogInformation("not this");
        logs.Logger.LogWarning("but this");

        Assert.That(logs.Next().Message, Is.EqualTo("but this"));
    }

    [Test]
    public void ValueThatLogsDuringItsFormattingIsLogged()
    {
        using LoggingFixture logs = new();
        logs.Logger.LogInformation("Outer {Value} and {Other}", new Chatty(logs.Logger), "other");

        // Each of the two providers formats the value.
        Assert.That(logs.Next().Message, Is.EqualTo("Inner 1"));
        Assert.That(logs.Next().Message, Is.EqualTo("Inner 1"));
        Assert.That(logs.Next().Message, Is.EqualTo("Outer chatty and other"));
    }

    [Test]
    public void BoxOfAStateDoesNotKeepItAlive()
    {
        using LoggingFixture logs = new();
        WeakReference value = LogSomething(logs.Logger);
        logs.Next();
        logs.Log.Clear();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();

        Assert.That(value.IsAlive, Is.False);
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static WeakReference LogSomething(ILogger logger)
    {
        object value = new();
        logger.LogInformation("{Value}", value);
        return new WeakReference(value);
    }

    private static int Measure<T>(in T message) where T : struct, IChannelMessage<T> => T.Measure(message);

    private static void Write<T>(in T message, Span<byte> payload) where T : struct, IChannelMessage<T> => T.Write(message, payload);

    [LoggerMessage(1, LogLevel.Information, "Few {Count} and {Name}")]
    private static partial void Few(ILogger logger, int count, string name);

    [LoggerMessage(2, LogLevel.Information, "Many {A} {B} {C} {D} {E} {F} {G}")]
    private static partial void Many(ILogger logger, int a, int b, int c, int d, int e, int f, string g);

    private sealed class Chatty(ILogger logger)
    {
        public override string ToString()
        {
            logger.LogInformation("Inner {Value}", 1);
            return "chatty";
        }
    }
}
