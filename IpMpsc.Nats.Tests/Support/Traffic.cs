using System.Globalization;

namespace IpMpsc.Nats.Tests.Support;

/// <summary>Sends ticks into channels, and checks that they come out exactly once and in order.</summary>
internal static class Traffic
{
    /// <summary>Sends ticks of one producer.</summary>
    public static void Send(string channel, int producer, long count, long first = 0, IpcChannelOptions? options = null)
    {
        using Sender<Tick> sender = Sender<Tick>.OpenOrCreate(channel, options);
        for (long number = first; number < first + count; number++)
        {
            sender.Send(TickOf(producer, number));
        }
    }

    /// <summary>Sends ticks of one producer until it is told to stop.</summary>
    /// <returns>How many.</returns>
    public static Task<long> SendUntil(string channel, int producer, Func<bool> isEnough, IpcChannelOptions? options = null) => Background.Run(() =>
    {
        using Sender<Tick> sender = Sender<Tick>.OpenOrCreate(channel, options);
        long number = 0;
        while (!isEnough())
        {
            for (int burst = 0; burst < 200; burst++)
            {
                sender.Send(TickOf(producer, number++));
            }

            Thread.Yield();
        }

        return number;
    });

    /// <summary>Receives the ticks of some producers; each has this many.</summary>
    public static void ReceiveAll(string channel, params long[] counts)
    {
        Patience.Until(() => IpcChannel.Exists(channel), $"channel '{channel}' exists");
        using Receiver<Tick> receiver = Receiver<Tick>.Open(channel);
        ReceiveAll(receiver, new long[counts.Length], counts);
        Assert.That(receiver.TryReceive(out Tick more, TimeSpan.FromMilliseconds(300)), Is.False, () => $"one more message arrived: {more.Producer}:{more.Number}");
    }

    /// <summary>Receives the ticks of some producers up to these numbers, each exactly once and in order.</summary>
    public static void ReceiveAll(Receiver<Tick> receiver, long[] next, long[] counts)
    {
        while (!next.SequenceEqual(counts))
        {
            if (!receiver.TryReceive(out Tick tick, Patience.Limit))
            {
                Assert.Fail($"No further message arrives; [{string.Join(", ", next)}] of [{string.Join(", ", counts)}] have arrived.");
            }

            Check(tick, next);
        }
    }

    /// <summary>Requires that a tick is the next one of its producer, and whole.</summary>
    public static void Check(in Tick tick, long[] next)
    {
        if (tick.Number != next[tick.Producer] || tick.Text != TextOf(tick.Number))
        {
            Assert.Fail($"Producer {tick.Producer}: {next[tick.Producer]} was due, but {tick.Number} '{tick.Text}' arrived.");
        }

        next[tick.Producer]++;
    }

    public static Tick TickOf(int producer, long number) => new() { Producer = producer, Number = number, Text = TextOf(number) };

    private static string TextOf(long number) => string.Create(CultureInfo.InvariantCulture, $"tick {number}").PadRight((int)(number % 60), '.');
}
