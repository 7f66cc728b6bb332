using Microsoft.Extensions.Logging;

namespace IpMpsc.Extensions.Hosting.Tests.Logging;

/// <summary>In steady state, a line allocates nothing, so logging never causes a garbage collection.</summary>
public sealed partial class LogAllocationTests
{
    private const int Lines = 100;

    [Test]
    public void GeneratedLoggerMethodsAllocateNothing()
    {
        using LoggingFixture logs = new([("Logging:LogLevel:Default", "None"), ("Logging:IpMpsc:LogLevel:Default", "Trace")]);
        Guid key = Guid.NewGuid();
        Assert.That(
            AllocatedBy(logs, number => Common(logs.Logger, number, "Größe", 2.5, true, 77L, key)),
            Is.Zero);
    }

    [Test]
    public void ExtensionMethodsAllocateOnlyWhatTheirCallerDoes()
    {
        using LoggingFixture logs = new([("Logging:LogLevel:Default", "None"), ("Logging:IpMpsc:LogLevel:Default", "Trace")]);
        object?[] values = ["text", 5, 2.5, null, DayOfWeek.Friday, DateTime.UnixEpoch];
        Assert.That(
            AllocatedBy(logs, _ => logs.Logger.LogInformation("{A} {B} {C:0.0} {D,5} {E} {F}", values)),
            Is.Zero);
    }

    [Test]
    public void ScopesAllocateNothingPerLine()
    {
        using LoggingFixture logs = new([("Logging:LogLevel:Default", "None"), ("Logging:IpMpsc:LogLevel:Default", "Trace")]);
        using IDisposable? scope = logs.Logger.BeginScope("Request {Id}", 7);
        Assert.That(AllocatedBy(logs, _ => logs.Logger.LogInformation("plain")), Is.Zero);
    }

    /// <summary>Bytes allocated by lines that are all logged, after as many lines that filled caches and buffers.</summary>
    private static long AllocatedBy(LoggingFixture logs, Action<int> log)
    {
        long allocated = 0;
        for (int round = 0; round < 2; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int line = 0; line < Lines; line++)
            {
                log(line);
            }

            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.That(logs.Receiver.Drain(static _ => { }), Is.EqualTo(Lines));
        }

        Assert.That(logs.Provider.DroppedEvents, Is.Zero);
        return allocated;
    }

    [LoggerMessage(1, LogLevel.Information, "Order {Number} of {Customer} took {Time} ms: {Ok}, {Size} bytes, {Key}")]
    private static partial void Common(ILogger logger, int number, string customer, double time, bool ok, long size, Guid key);
}
