using System.Globalization;
using IpMpsc.Extensions.Hosting.Logging;
using Microsoft.Extensions.Logging;

namespace IpMpsc.Extensions.Hosting.Tests.Logging;

/// <summary>Messages read as with every other provider, although no string is created for them.</summary>
public sealed partial class RenderingTests
{
    private static readonly object?[] s_values =
    [
        null, "text", "", "Größe €", 1, -1L, (byte)2, 1.5, float.NaN, double.PositiveInfinity, 12.3456789m, true, 'c',
        new DateTime(2026, 11, 26, 1, 2, 3, DateTimeKind.Utc), new DateTimeOffset(2026, 11, 26, 1, 2, 3, TimeSpan.FromHours(2)),
        TimeSpan.FromMilliseconds(1234), Guid.Empty, DayOfWeek.Friday, new[] { 1, 2, 3 }, new object?[] { "a", null },
        new Uri("https://example.org/a?b"), new Version(1, 2), new DateOnly(2026, 1, 2), Int128.MaxValue,
    ];

    [TestCase("plain")]
    [TestCase("{Value}")]
    [TestCase("before {Value} behind")]
    [TestCase("{Value,12}|{Value,-12}|", 2)]
    [TestCase("{{literal}} {Value} }}{{")]
    [TestCase("{A} {B} {C}", 3)]
    [TestCase("{A}{A}", 2)]
    [TestCase("{Wert:}")]
    public void EveryValueReadsAsWithOtherProviders(string template, int count = 1)
    {
        using LoggingFixture logs = new();
        foreach (object? value in s_values)
        {
            logs.Logger.Log(LogLevel.Information, template, [.. Enumerable.Repeat(value, count)]);

            Assert.That(logs.Next().Message, Is.EqualTo(logs.Log.Lines[^1].Message), () => $"{value?.GetType()} in {template}");
        }
    }

    [TestCase("{Value:N2}", 1234.5)]
    [TestCase("{Value,10:0.0}|", 1.25)]
    [TestCase("{Value:X8}", 255)]
    [TestCase("{Value:D}", DayOfWeek.Friday)]
    [TestCase("{Value:with {{ brace}", 1)]
    [TestCase("{Value} {Missing}", 1)]
    [TestCase("{Value", 1)]
    [TestCase("Value}", 1)]
    [TestCase("{ Value }", 1)]
    [TestCase("{0}", 1)]
    [TestCase("{@Value}", 1)]
    public void OddTemplatesReadAsWithOtherProviders(string template, object value)
    {
        using LoggingFixture logs = new();
        try
        {
            logs.Logger.Log(LogLevel.Information, template, value);
        }
        catch (Exception refused) when (refused is FormatException or AggregateException)
        {
            return; // .NET itself refuses the template, for every provider.
        }

        Assert.That(logs.Next().Message, Is.EqualTo(logs.Log.Lines[^1].Message));
    }

    [Test]
    public void GeneratedMethodsWithValuesOfTheSameTypesKeepTheirTemplatesApart()
    {
        using LoggingFixture logs = new();
        for (int round = 0; round < 3; round++)
        {
            Sent(logs.Logger, round, "Größe", 1.5);
            Assert.That(logs.Next().Message, Is.EqualTo($"Sent {round} to Größe in 1.5 s"));
            Lost(logs.Logger, round, null, 2.5);
            LogEvent lost = logs.Next();
            Assert.That(lost.Message, Is.EqualTo($"Lost {round}, (null)/2.50 "));
            Assert.That(lost.Fields, Is.EqualTo(new[]
            {
                new LogField { Name = "Number", Value = $"{round}", Kind = LogFieldKind.Number },
                new LogField { Name = "Customer", Kind = LogFieldKind.Null },
                new LogField { Name = "Time", Value = "2.5", Kind = LogFieldKind.Number },
            }));
        }
    }

    [Test]
    public void LongTextOfAGeneratedMethodIsShortenedInEveryRound()
    {
        using LoggingFixture logs = new();
        for (int round = 0; round < 3; round++)
        {
            Sent(logs.Logger, round, new string('x', 100_000), 1.5);
            LogEvent sent = logs.Next();
            Assert.That((sent.IsTruncated, sent.Fields.Length, sent.Fields[0].Value), Is.EqualTo((true, 3, $"{round}")));
        }
    }

    [Test]
    public void FieldsShowValuesInFull()
    {
        using LoggingFixture logs = new();
        DateTime time = new(2026, 11, 26, 1, 2, 3, 456, DateTimeKind.Utc);
        logs.Logger.LogInformation("{Time} {Flag} {Number:0} {NaN}", time, true, 1.75, double.NaN);

        Assert.That(logs.Next().Fields, Is.EqualTo(new[]
        {
            new LogField { Name = "Time", Value = time.ToString("O", CultureInfo.InvariantCulture), Kind = LogFieldKind.Text },
            new LogField { Name = "Flag", Value = "True", Kind = LogFieldKind.Boolean },
            new LogField { Name = "Number", Value = "1.75", Kind = LogFieldKind.Number },
            new LogField { Name = "NaN", Value = "NaN", Kind = LogFieldKind.Text },
        }));
    }

    [Test]
    public void InvalidTextIsReplaced()
    {
        using LoggingFixture logs = new();
        logs.Logger.LogInformation("{Half}", "\ud800");

        Assert.That(logs.Next().Message, Is.EqualTo("\ufffd"));
    }

    [Test]
    public void ManyTemplatesFillNoMemory()
    {
        using LoggingFixture logs = new();
        for (int number = 0; number < 5_000; number++)
        {
            logs.Logger.LogInformation(string.Create(CultureInfo.InvariantCulture, $"Template {number} {{Value}}"), number);
            Assert.That(logs.Next().Message, Is.EqualTo(string.Create(CultureInfo.InvariantCulture, $"Template {number} {number}")));
        }
    }

    [LoggerMessage(1, LogLevel.Information, "Sent {Number} to {Customer} in {Time} s")]
    private static partial void Sent(ILogger logger, int number, string? customer, double time);

    [LoggerMessage(2, LogLevel.Warning, "Lost {Number}, {Customer}/{Time:0.00} ")]
    private static partial void Lost(ILogger logger, int number, string? customer, double time);
}
