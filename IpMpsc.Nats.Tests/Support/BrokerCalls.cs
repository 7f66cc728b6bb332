using System.Buffers.Binary;
using IpMpsc.Nats.Brokers;
using NATS.Client.Core;
using NATS.Client.JetStream;
using NATS.Client.JetStream.Models;

namespace IpMpsc.Nats.Tests.Support;

/// <summary>Calls to the broker that others would make: a program that knows nothing of bridges, or a bridge that has died.</summary>
internal static class BrokerCalls
{
    public static void Delete(string url, string stream) => Use(url, async context =>
    {
        await context.DeleteStreamAsync(stream);
        return true;
    });

    /// <summary>Creates a stream that takes these subjects.</summary>
    public static void Create(string url, StreamConfig config) => Use(url, async context => (await context.CreateStreamAsync(config)).Info);

    /// <summary>Changes the settings of a stream.</summary>
    public static void Update(string url, StreamConfig config) => Use(url, async context => (await context.UpdateStreamAsync(config)).Info);

    /// <summary>The current state of a stream.</summary>
    public static StreamInfo Info(string url, string stream) => Use(url, async context => (await context.GetStreamAsync(stream)).Info);

    /// <summary>Removes the messages of a subject before a sequence, as limits do.</summary>
    public static void PurgeBefore(string url, string stream, string subject, ulong sequence) =>
        Use(url, async context => await context.PurgeStreamAsync(stream, new StreamPurgeRequest { Filter = subject, Seq = sequence }));

    /// <summary>Publishes a message of any kind.</summary>
    /// <returns>Its sequence.</returns>
    public static ulong Publish(string url, string subject, byte[] data, NatsHeaders? headers = null) => Use(url, async context =>
    {
        PubAckResponse answer = await context.PublishAsync(subject, data, headers: headers);
        answer.EnsureSuccess();
        return answer.Seq;
    });

    /// <summary>Makes the stream hold a batch with messages of a channel, with its schema.</summary>
    public static void Put(string url, string stream, string channel, Guid id, IEnumerable<PeekedMessage> messages)
    {
        Create(url, new StreamConfig(stream, [$"ipmpsc.{stream}.>"]));
        string schema = SchemaOf<Tick>();
        string fingerprint = BridgeStream.FingerprintOf(schema);
        Publish(url, $"ipmpsc.{stream}.schema.{fingerprint}", System.Text.Encoding.UTF8.GetBytes(schema));
        using MemoryStream batch = new();
        long last = 0;
        foreach (PeekedMessage message in messages)
        {
            byte[] header = new byte[16];
            BinaryPrimitives.WriteUInt16LittleEndian(header, message.MessageId);
            BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(2), message.SchemaVersion);
            BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(4), message.Payload.Length);
            BinaryPrimitives.WriteInt64LittleEndian(header.AsSpan(8), last = message.Position);
            batch.Write(header);
            batch.Write(message.Payload.Span);
            batch.Write(new byte[-message.Payload.Length & 7]);
        }

        Publish(url, $"ipmpsc.{stream}.messages.{channel}.{id:N}", batch.ToArray(), new NatsHeaders
        {
            ["Nats-Msg-Id"] = $"{id:N}:{last}",
            ["IpMpsc-Format"] = "1",
            ["IpMpsc-Schema"] = fingerprint,
        });
    }

    private static string SchemaOf<T>() where T : struct, IChannelMessage<T> => T.Schema.Text;

    private static T Use<T>(string url, Func<NatsJSContext, Task<T>> use) => Task.Run(async () =>
    {
        await using NatsConnection connection = new(new NatsOpts { Url = url });
        return await use(new NatsJSContext(connection));
    }).Finish("a call to the broker");
}
