using System.Diagnostics;
using NATS.Client.Core;
using NATS.Client.JetStream;
using NATS.Client.JetStream.Models;

namespace IpMpsc.Benchmarks.Bridging;

/// <summary>
/// An application without a bridge: it publishes each message with NATS.Net, with a window as large as suits the broker. Nothing reads the stream, which
/// favours this variant.
/// </summary>
internal static class DirectPublishing
{
    private const string Stream = "DIRECT";
    private const int Window = 1024;
    private const int PayloadBytes = 64;

    /// <summary>Messages per second.</summary>
    public static async Task<double> MeasureAsync(string url, int count)
    {
        await using NatsConnection connection = PatientConnection.To(url);
        NatsJSContext context = new(connection);
        await context.CreateStreamAsync(new StreamConfig(Stream, ["direct"]) { Storage = StreamConfigStorage.File });
        string inbox = $"_INBOX.{Guid.NewGuid():N}";
        await using INatsSub<NatsMemoryOwner<byte>> answers = await connection.SubscribeCoreAsync<NatsMemoryOwner<byte>>($"{inbox}.*");
        using SemaphoreSlim window = new(Window);
        long start = Stopwatch.GetTimestamp();
        Task acknowledged = Task.Run(async () =>
        {
            for (int left = count; left > 0; left--)
            {
                NatsMsg<NatsMemoryOwner<byte>> answer = await answers.Msgs.ReadAsync();
                answer.Data.Dispose();
                window.Release();
            }
        });
        byte[] payload = new byte[PayloadBytes];
        for (int number = 0; number < count; number++)
        {
            await window.WaitAsync();
            NatsHeaders headers = new() { ["Nats-Msg-Id"] = $"direct:{number}" };
            await connection.PublishAsync<ReadOnlyMemory<byte>>("direct", payload, headers, $"{inbox}.1");
        }

        await acknowledged.WaitAsync(TimeSpan.FromMinutes(2));
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        await context.DeleteStreamAsync(Stream);
        return count / seconds;
    }
}
