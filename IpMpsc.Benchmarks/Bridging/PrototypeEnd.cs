using System.Buffers.Binary;
using System.IO.MemoryMappedFiles;
using NATS.Client.Core;
using NATS.Client.JetStream;
using NATS.Client.JetStream.Models;

namespace IpMpsc.Benchmarks.Bridging;

/// <summary>
/// The design of the prototype that bridges were developed from, without its handling of failures: one loop takes messages and acknowledgements, the client's ordered consumer
/// reads, and a file beside the channel is the cursor.
/// </summary>
internal static class PrototypeEnd
{
    private const int BatchBytes = 32 << 10;
    private const int HeaderBytes = 16;
    private const int Window = 64;

    public static Task RunAsync(string direction, string channel, string stream, string url, CancellationToken cancellationToken) =>
        direction == "prototype-out" ? SendAsync(channel, stream, url, cancellationToken) : ReceiveAsync(channel, stream, url, cancellationToken);

    private static async Task SendAsync(string channel, string stream, string url, CancellationToken cancellationToken)
    {
        using RecordReceiver receiver = RecordReceiver.Open(channel);
        string subject = $"prototype.{stream}", inbox = $"_INBOX.{Guid.NewGuid():N}";
        await using NatsConnection connection = PatientConnection.To(url);
        NatsJSContext context = new(connection);
        await context.CreateOrUpdateStreamAsync(new StreamConfig(stream, [subject]) { Description = receiver.Schema }, cancellationToken);
        await using INatsSub<NatsMemoryOwner<byte>> answers =
            await connection.SubscribeCoreAsync<NatsMemoryOwner<byte>>($"{inbox}.>", cancellationToken: cancellationToken);
        Queue<long> inFlight = new();
        byte[] batch = new byte[2 * BatchBytes];
        string? previous = null;
        while (true)
        {
            while (answers.Msgs.TryRead(out NatsMsg<NatsMemoryOwner<byte>> answer))
            {
                answer.Data.Dispose();
                receiver.ReleaseThrough(inFlight.Dequeue());
            }

            if (inFlight.Count >= Window)
            {
                await answers.Msgs.WaitToReadAsync(cancellationToken);
                continue;
            }

            int size = Fill(receiver, batch, out long last);
            if (size == 0)
            {
                await WaitAsync(receiver, answers, inFlight.Count > 0, cancellationToken);
                continue;
            }

            string id = $"{receiver.ChannelId:N}:{last}";
            NatsHeaders headers = new() { ["Nats-Msg-Id"] = id };
            if (previous is not null)
            {
                headers["Nats-Expected-Last-Msg-Id"] = previous;
            }

            previous = id;
            await connection.PublishAsync<ReadOnlyMemory<byte>>(subject, batch.AsMemory(0, size), headers, $"{inbox}.1", cancellationToken: cancellationToken);
            inFlight.Enqueue(last);
        }
    }

#pragma warning disable IPM0048 // The acknowledgement releases what is held, and everything before it.
    private static int Fill(RecordReceiver receiver, byte[] batch, out long last)
    {
        int size = 0;
        last = -1;
        while (size < BatchBytes && receiver.TryHold(out HeldRecord record))
        {
            ReadOnlySpan<byte> payload = record.Payload;
            Span<byte> target = batch.AsSpan(size);
            BinaryPrimitives.WriteUInt16LittleEndian(target, record.MessageId);
            BinaryPrimitives.WriteUInt16LittleEndian(target[2..], record.SchemaVersion);
            BinaryPrimitives.WriteInt32LittleEndian(target[4..], payload.Length);
            BinaryPrimitives.WriteInt64LittleEndian(target[8..], record.Position);
            payload.CopyTo(target[HeaderBytes..]);
            size += HeaderBytes + ((payload.Length + 7) & ~7);
            last = record.Position;
        }

        return size;
    }
#pragma warning restore IPM0048

    /// <summary>Waits for a message or an acknowledgement, whichever comes first.</summary>
    private static async Task WaitAsync(
        RecordReceiver receiver, INatsSub<NatsMemoryOwner<byte>> answers, bool isAnswerDue, CancellationToken cancellationToken)
    {
        if (!isAnswerDue)
        {
            await receiver.WaitToReceiveAsync(cancellationToken);
            return;
        }

        using CancellationTokenSource other = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task message = receiver.WaitToReceiveAsync(other.Token).AsTask(), answer = answers.Msgs.WaitToReadAsync(other.Token).AsTask();
        await Task.WhenAny(message, answer);
        await other.CancelAsync();
        await Task.WhenAll(message, answer).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private static async Task ReceiveAsync(string channel, string stream, string url, CancellationToken cancellationToken)
    {
        await using NatsConnection connection = PatientConnection.To(url);
        NatsJSContext context = new(connection);
        INatsJSStream found = await FindAsync(context, stream, cancellationToken);
        using MemoryMappedFile file = MemoryMappedFile.CreateFromFile(channel + ".cursor", FileMode.OpenOrCreate, null, Environment.SystemPageSize);
        using MemoryMappedViewAccessor cursor = file.CreateViewAccessor();
        using RecordSender sender = RecordSender.OpenOrCreate(channel, found.Info.Config.Description!);
        INatsJSConsumer consumer = await found.CreateOrderedConsumerAsync(cancellationToken: cancellationToken);
        await foreach (INatsJSMsg<NatsMemoryOwner<byte>> message in consumer.ConsumeAsync<NatsMemoryOwner<byte>>(
            opts: new NatsJSConsumeOpts { MaxMsgs = 1000 }, cancellationToken: cancellationToken))
        {
            using NatsMemoryOwner<byte> data = message.Data;
            Forward(sender, data.Span, cursor, (long)message.Metadata!.Value.Sequence.Stream);
        }
    }

    private static void Forward(RecordSender sender, ReadOnlySpan<byte> batch, MemoryMappedViewAccessor cursor, long sequence)
    {
        for (long index = 1; batch.Length > 0; index++)
        {
            int length = BinaryPrimitives.ReadInt32LittleEndian(batch[4..]);
            sender.Send(
                BinaryPrimitives.ReadUInt16LittleEndian(batch), BinaryPrimitives.ReadUInt16LittleEndian(batch[2..]), batch.Slice(HeaderBytes, length));
            cursor.Write(0, (sequence << 20) | index);
            batch = batch[(HeaderBytes + ((length + 7) & ~7))..];
        }
    }

    private static async Task<INatsJSStream> FindAsync(NatsJSContext context, string stream, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return await context.GetStreamAsync(stream, cancellationToken: cancellationToken);
            }
            catch (NatsJSApiException)
            {
                await Task.Delay(50, cancellationToken);
            }
        }
    }
}
