using System.Diagnostics;
using IpMpsc.Nats.Batches;

namespace IpMpsc.Nats.Tests.Parts;

/// <summary>The bytes of a batch, and bytes that are not a batch.</summary>
public sealed class BatchFormatTests
{
    private TestDirectory _directory = null!;

    [SetUp]
    public void MakeDirectory() => _directory = new TestDirectory();

    [TearDown]
    public void DeleteDirectory() => _directory.Dispose();

    [Test]
    public void RecordsAreWhereTheDocumentSays()
    {
        byte[] expected =
        [
            7, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 0, 0, 0, 0, 0,
            8, 0, 0, 0, 0, 0, 0, 0, 32, 0, 0, 0, 0, 0, 0, 0,
        ];
        Assert.That(Write((7, [1, 2, 3]), (8, [])), Is.EqualTo(expected));
    }

    [Test]
    public void BatchIsReadAsItWasWritten()
    {
        List<BatchRecord> records = [];
        Assert.That(BatchReader.TryRead(Write([.. Enumerable.Range(0, 100).Select(length => ((ushort)length, new byte[length]))]), mayTrace: false, records), Is.True);
        Assert.That(records.Select(record => (record.MessageId, record.Payload.Length)), Is.EqualTo(Enumerable.Range(0, 100).Select(length => ((ushort)length, length))));
        Assert.That(records.Select(record => record.Position), Is.Ordered.Ascending);
    }

    [Test]
    public void TraceStandsBeforeThePayload()
    {
        using (ByteReceiver.Create(_directory["traced"]))
        using (RecordSender traced = RecordSender.Open(_directory["traced"], new IpcChannelOptions { TraceMessages = true }))
        using (RecordSender plain = RecordSender.Open(_directory["traced"]))
        {
            plain.Send(7, 0, [1]);
            traced.Send(8, 0, [2, 3], new MessageTrace(5, ActivityContext.Parse("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", null)));
            traced.Send(9, 0, [4], new MessageTrace(5, default));
        }

        byte[] expected =
        [
            7, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0,
            8, 0, 0, 0, 2, 0, 0, 0x80, 32, 0, 0, 0, 0, 0, 0, 0,
            0x0a, 0xf7, 0x65, 0x19, 0x16, 0xcd, 0x43, 0xdd, 0x84, 0x48, 0xeb, 0x21, 0x1c, 0x80, 0x31, 0x9c,
            0xb7, 0xad, 0x6b, 0x71, 0x69, 0x20, 0x33, 0x31, 1, 0, 0, 0, 0, 0, 0, 0,
            2, 3, 0, 0, 0, 0, 0, 0,
            9, 0, 0, 0, 1, 0, 0, 0, 112, 0, 0, 0, 0, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0,
        ];
        BatchWriter writer = Pack("traced", int.MaxValue);
        Assert.That(writer.Written.ToArray(), Is.EqualTo(expected));
        Assert.That(writer.HasTraces);

        List<BatchRecord> records = [];
        Assert.That(BatchReader.TryRead(expected, mayTrace: true, records));
        Assert.That(records.Select(record => (record.IsTraced, record.Payload.Length)), Is.EqualTo([(false, 1), (true, 2), (false, 1)]));
        Assert.That($"{records[1].ReadContext().TraceId} {records[1].ReadContext().SpanId}", Is.EqualTo("0af7651916cd43dd8448eb211c80319c b7ad6b7169203331"));
        Assert.That(BatchReader.TryRead(expected, mayTrace: false, records), Is.False, "a reader of the first format takes none of it");
    }

    [Test]
    public void RecordThatFitsNoBatchWithItsTraceGoesWithout()
    {
        using (ByteReceiver.Create(_directory["traced"]))
        using (RecordSender traced = RecordSender.Open(_directory["traced"], new IpcChannelOptions { TraceMessages = true }))
        {
            traced.Send(8, 0, new byte[64], new MessageTrace(5, ActivityContext.Parse("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", null)));
        }

        BatchWriter writer = Pack("traced", limit: 80);
        Assert.That((writer.Count, writer.Length, writer.HasTraces), Is.EqualTo((1, 80, false)));
    }

    [Test]
    public void ReadingArbitraryBytesReturnsTrueOrFalse()
    {
        byte[] batch = Write((1, new byte[5]), (2, new byte[16]), (3, new byte[64]), (4, []));
        List<BatchRecord> records = [];
        for (int length = 0; length < batch.Length; length++)
        {
            bool isWhole = BatchReader.TryRead(batch.AsMemory(0, length), mayTrace: false, records);
            Assert.That(isWhole, Is.EqualTo(length is 24 or 56 or 136), $"{length} bytes"); // Ends of records.
        }

        Random random = new(1);
        for (int round = 0; round < 100_000; round++)
        {
            byte[] broken = [.. batch];
            broken[random.Next(broken.Length)] = (byte)random.Next(256);
            if (BatchReader.TryRead(broken, mayTrace: round % 2 == 0, records))
            {
                Assert.That(records.Sum(record => BatchLayout.SizeOf(record.Payload.Length, record.IsTraced)), Is.EqualTo(broken.Length));
            }
        }
    }

    [Test]
    public void IdIsReadAsItWasWritten()
    {
        BatchId id = new(Guid.NewGuid(), 1234567890123);
        Assert.That(BatchId.TryParse(id.ToString(), out BatchId read), Is.True);
        Assert.That(read, Is.EqualTo(id));
        foreach (string text in new[] { "", ":", "x:1", $"{Guid.NewGuid():N}", $"{Guid.NewGuid():N}:", $"{Guid.NewGuid():N}:-1", $"{Guid.NewGuid():N}:1:2" })
        {
            Assert.That(BatchId.TryParse(text, out _), Is.False, text);
        }
    }

    private byte[] Write(params (ushort Id, byte[] Payload)[] messages)
    {
        using (ByteSender sender = ByteSender.OpenOrCreate(_directory["bytes"]))
        {
            foreach ((ushort id, byte[] payload) in messages)
            {
                sender.Send(id, payload);
            }
        }

        return Pack("bytes", int.MaxValue).Written.ToArray();
    }

    private BatchWriter Pack(string channel, int limit)
    {
        using RecordReceiver receiver = RecordReceiver.Open(_directory[channel]);
        BatchWriter writer = new();
        while (receiver.TryHold(out HeldRecord record))
        {
            Assert.That(writer.TryAdd(record, limit), Is.True);
        }

        return writer;
    }
}
