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
        Assert.That(BatchReader.TryRead(Write([.. Enumerable.Range(0, 100).Select(length => ((ushort)length, new byte[length]))]), records), Is.True);
        Assert.That(records.Select(record => (record.MessageId, record.Payload.Length)), Is.EqualTo(Enumerable.Range(0, 100).Select(length => ((ushort)length, length))));
        Assert.That(records.Select(record => record.Position), Is.Ordered.Ascending);
    }

    [Test]
    public void ReadingArbitraryBytesReturnsTrueOrFalse()
    {
        byte[] batch = Write((1, new byte[5]), (2, new byte[16]), (3, []));
        List<BatchRecord> records = [];
        for (int length = 0; length < batch.Length; length++)
        {
            bool isWhole = BatchReader.TryRead(batch.AsMemory(0, length), records);
            Assert.That(isWhole, Is.EqualTo(length is 24 or 56), $"{length} bytes"); // Ends of records.
        }

        Random random = new(1);
        for (int round = 0; round < 100_000; round++)
        {
            byte[] broken = [.. batch];
            broken[random.Next(broken.Length)] = (byte)random.Next(256);
            if (BatchReader.TryRead(broken, records))
            {
                Assert.That(records.Sum(record => BatchLayout.SizeOf(record.Payload.Length)), Is.EqualTo(broken.Length));
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

        using RecordReceiver receiver = RecordReceiver.Open(_directory["bytes"]);
        BatchWriter writer = new();
        while (receiver.TryHold(out HeldRecord record))
        {
            Assert.That(writer.HasRoom(record.Payload.Length, int.MaxValue), Is.True);
            writer.Add(record);
        }

        return writer.Written.ToArray();
    }
}
