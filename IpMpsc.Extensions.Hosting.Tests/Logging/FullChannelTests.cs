using System.Diagnostics.Metrics;
using IpMpsc.Extensions.Hosting.Logging;
using Microsoft.Extensions.Logging;

namespace IpMpsc.Extensions.Hosting.Tests.Logging;

/// <summary>A full channel, or a missing one, does not stop an application that logs.</summary>
public sealed class FullChannelTests
{
    [Test]
    public void EventsWithoutRoomAreDroppedAndCounted()
    {
        LoggingFixture logs = new();
        while (logs.Provider.DroppedEvents < 3)
        {
            logs.Logger.LogInformation("{Text}", new string('x', 1000));
        }

        while (logs.Receiver.TryReceive(out LogEvent entry))
        {
            Assert.That(entry.Dropped, Is.Zero);
        }

        logs.Logger.LogInformation("after");
        Assert.That(logs.Next().Dropped, Is.EqualTo(3));
        Assert.That(DroppedByTheMeter(logs.Path), Is.EqualTo(3));
        string path = logs.Path;
        logs.Dispose();
        Assert.That(DroppedByTheMeter(path), Is.EqualTo(3), "The counter never decreases.");
    }

    [Test]
    public void BlockingLoggerWaitsForRoom()
    {
        using LoggingFixture logs = new(configure: options =>
        {
            options.WhenFull = LogFullAction.Block;
            options.MaxBlockTime = Patience.Limit;
        });
        const int count = 500;
        Task logging = Background.Run(() =>
        {
            for (int number = 0; number < count; number++)
            {
                logs.Logger.LogInformation("{Number} {Text}", number, new string('x', 1000));
            }
        });
        for (int number = 0; number < count; number++)
        {
            Assert.That(logs.Receiver.TryReceive(out LogEvent entry, Patience.Limit));
            Assert.That(entry.Fields[0].Value, Is.EqualTo($"{number}"));
        }

        logging.Finish("logging");
        Assert.That(logs.Provider.DroppedEvents, Is.Zero);
    }

    [Test]
    public void BlockingLoggerDoesNotWaitForever()
    {
        using LoggingFixture logs = new(configure: options =>
        {
            options.WhenFull = LogFullAction.Block;
            options.MaxBlockTime = TimeSpan.FromMilliseconds(1);
        });
        while (logs.Provider.DroppedEvents == 0)
        {
            logs.Logger.LogInformation("{Text}", new string('x', 1000));
        }
    }

    [Test]
    public void EventLargerThanTheChannelIsCut()
    {
        using LoggingFixture logs = new();
        string large = new('ä', 100_000);
        using IDisposable? scope = logs.Logger.BeginScope(large);
        logs.Logger.LogError(new InvalidOperationException(large), "Large {Text}", large);

        LogEvent entry = logs.Next();
        Assert.Multiple(() =>
        {
            Assert.That(entry.IsTruncated);
            Assert.That(entry.Message, Does.StartWith("Large ää").And.EndsWith("ä"));
            Assert.That(entry.Exception, Does.StartWith("System.InvalidOperationException: ää"));
            Assert.That(logs.Provider.DroppedEvents, Is.Zero);
        });
    }

    [Test]
    public void EventOfVeryManyValuesIsDroppedAndTheNextOneIsLogged()
    {
        using LoggingFixture logs = new();
        KeyValuePair<string, object?>[] values = [.. Enumerable.Range(0, 10_000).Select(number => KeyValuePair.Create($"{number}", (object?)number))];
        logs.Logger.Log(LogLevel.Information, default, values, null, static (_, _) => "many");
        logs.Logger.LogInformation("next");

        LogEvent entry = logs.Next();
        Assert.That((entry.Message, entry.Dropped, entry.IsTruncated), Is.EqualTo(("next", 1, false)));
    }

    [Test]
    public void DeletedChannelDoesNotStopTheApplication()
    {
        using LoggingFixture logs = new();
        IpcChannel.Delete(logs.Path, evenIfInUse: true);
        logs.Logger.LogInformation("into nothing");

        Assert.That(logs.Provider.DroppedEvents, Is.EqualTo(1));
    }

    private static long DroppedByTheMeter(string path)
    {
        long dropped = -1;
        using MeterListener listener = new();
        listener.InstrumentPublished = static (instrument, self) =>
        {
            if (instrument is { Meter.Name: "IpMpsc", Name: "ipmpsc.log.dropped" })
            {
                self.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((_, value, tags, _) => dropped = Equals(tags[0].Value, path) ? value : dropped);
        listener.Start();
        listener.RecordObservableInstruments();
        return dropped;
    }
}
