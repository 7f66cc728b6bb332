using System.Diagnostics;
using IpMpsc.Tool.CommandLine;

namespace IpMpsc.Tool.Bench;

/// <summary>Another process sends messages of 64 bytes as fast as it can.</summary>
internal static class Throughput
{
    public const string Role = "flood";

    private const int Turn = 1 << 12;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_warmUp = TimeSpan.FromMilliseconds(200);

    /// <summary>Measures for the given time.</summary>
    /// <returns>Messages per second.</returns>
    public static double Measure(int batch, TimeSpan time, CancellationToken cancellation)
    {
        using Receiver<Block> receiver = Receiver<Block>.CreateTemporary(new IpcChannelOptions { Capacity = 4 << 20 });
        using BenchPeer peer = new(Role, receiver.Path, $"{batch}");
        long number = 0;
        Receive(receiver, peer, s_warmUp, ref number, cancellation);
        long before = number;
        long start = Stopwatch.GetTimestamp();
        Receive(receiver, peer, time, ref number, cancellation);
        return (number - before) / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    /// <summary>The other process: sends until the channel is deleted.</summary>
    public static void Flood(string path, int batch)
    {
        using ExclusiveSender<Block> sender = ExclusiveSender<Block>.Open(path);
        Console.Out.WriteLine(BenchPeer.Ready);
        Block[] blocks = new Block[batch];
        try
        {
            for (long number = 0; ; number += batch)
            {
                for (int index = 0; index < batch; index++)
                {
                    blocks[index].Number = number + index;
                }

                if (batch == 1)
                {
                    sender.Send(in blocks[0]);
                }
                else
                {
                    sender.SendBatch(blocks);
                }
            }
        }
        catch (ChannelRetiredException)
        {
            // The measurement is over.
        }
    }

    private static void Receive(
        Receiver<Block> receiver, BenchPeer peer, TimeSpan time, ref long number, CancellationToken cancellation)
    {
        long end = Stopwatch.GetTimestamp() + (long)(time.TotalSeconds * Stopwatch.Frequency);
        while (Stopwatch.GetTimestamp() < end)
        {
            for (int turn = 0; turn < Turn; turn++)
            {
                if (!receiver.TryReceiveInPlace(out ReceivedMessage<Block> message)
                    && !receiver.TryReceiveInPlace(out message, s_patience, cancellation))
                {
                    throw peer.Failure();
                }

                using (message)
                {
                    if (message.View.Number != number)
                    {
                        throw new ToolException(
                            ExitCode.Failed, $"Expected message {number:N0} and received message {message.View.Number:N0}.");
                    }
                }

                number++;
            }
        }
    }
}
