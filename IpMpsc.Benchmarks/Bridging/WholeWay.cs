using System.Diagnostics;
using IpMpsc.Benchmarks.Messages;

namespace IpMpsc.Benchmarks.Bridging;

/// <summary>The whole way from a channel through the broker to a channel in another directory, all on this machine. Each message is checked.</summary>
internal sealed class WholeWay : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan s_look = TimeSpan.FromSeconds(1);
    private static readonly IpcChannelOptions s_options = new() { Capacity = 1 << 22 };

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("ipmpsc-bench-bridge-");
    private readonly Receiver<Tick> _receiver;
    private readonly Sender<Tick> _sender;
    private readonly BridgeEnd _source;
    private readonly BridgeEnd _sink;
    private long _sent;
    private long _received;

    /// <summary>Creates the channels, and starts both ends of a bridge.</summary>
    /// <param name="url">The broker.</param>
    /// <param name="stream">A stream that does not exist yet.</param>
    /// <param name="kind">"" for the bridge, "prototype-" for its prototype.</param>
    public WholeWay(string url, string stream, string kind = "")
    {
        string parent = Directory.Exists("/dev/shm") ? "/dev/shm" : _directory.FullName;
        Origin = Path.Join(parent, $"{_directory.Name}-origin");
        Target = Path.Join(parent, $"{_directory.Name}-target");
        _sender = Sender<Tick>.OpenOrCreate(Origin, s_options);
        _receiver = Receiver<Tick>.Create(Target, s_options);
        _source = new BridgeEnd(kind + "out", Origin, stream, url);
        _sink = new BridgeEnd(kind + "in", Target, stream, url);
    }

    private string Origin { get; }

    private string Target { get; }

    /// <summary>Messages per second, from the first one that arrives to the last one.</summary>
    public double Throughput(int count)
    {
        Thread sending = new(() => Send(count, static () => { }));
        sending.Start();
        Receive();
        long first = Stopwatch.GetTimestamp();
        for (int left = count - 1; left > 0; left--)
        {
            Receive();
        }

        double seconds = Stopwatch.GetElapsedTime(first).TotalSeconds;
        sending.Join();
        return (count - 1) / seconds;
    }

    /// <summary>The times from a send to its receipt at a rate, in ticks of the stopwatch.</summary>
    public long[] Latencies(int count, int rate)
    {
        long[] sentAt = new long[count];
        int next = 0;
        long start = Stopwatch.GetTimestamp();
        Thread sending = new(() => Send(count, () =>
        {
            long due = start + (long)((double)next / rate * Stopwatch.Frequency);
            while (Stopwatch.GetTimestamp() < due)
            {
                Thread.Sleep(1); // Exact spacing does not matter here, only the rate.
            }

            sentAt[next++] = Stopwatch.GetTimestamp();
        }));
        sending.Start();
        long[] times = new long[count];
        for (int number = 0; number < count; number++)
        {
            Receive();
            times[number] = Stopwatch.GetTimestamp() - sentAt[number];
        }

        sending.Join();
        return times;
    }

    public void Dispose()
    {
        _source.Dispose();
        _sink.Dispose();
        _sender.Dispose();
        _receiver.Dispose();
        IpcChannel.Delete(Origin, evenIfInUse: true);
        IpcChannel.Delete(Target, evenIfInUse: true);
        File.Delete(Target + ".cursor");
        _directory.Delete(recursive: true);
    }

    private void Send(int count, Action before)
    {
        for (int left = count; left > 0; left--)
        {
            before();
            Tick tick = Tick.Make(0, _sent++);
            _sender.Send(in tick);
        }
    }

    private void Receive()
    {
        Tick tick;
        for (TimeSpan waited = TimeSpan.Zero; !_receiver.TryReceive(out tick, s_look); waited += s_look)
        {
            if (_source.HasEnded || _sink.HasEnded || waited >= s_patience)
            {
                string why = _source.HasEnded || _sink.HasEnded ? "an end of the bridge has failed" : $"nothing came for {s_patience.TotalSeconds} s";
                throw new BenchmarkException($"No further message arrives, because {why}; {_received:N0} have arrived.");
            }
        }

        if (tick.Number != _received || !tick.IsWhole)
        {
            throw new BenchmarkException($"Message {_received:N0} was due, but {tick.Number:N0} arrived.");
        }

        _received++;
    }
}
