using System.Text;
using IpMpsc.Generators.Tests.Messages;

namespace IpMpsc.Generators.Tests;

/// <summary>Generated code of messages with variable fields, compiled with these tests and run.</summary>
public sealed class VariableMessageTests
{
    private const int TitleRange = 4;
    private const int BodyRange = 32;

    private static Document Sample => new()
    {
        IsDraft = true,
        Title = "Grüße, 世界 🙂",
        Origin = new Point(1, 2),
        Body = new byte[] { 1, 2, 3 },
        Signature = [9, 8],
        Side = Side.Buy,
        Revision = 77,
    };

    [Test]
    public void ReadsWhatWasWritten()
    {
        Document message = Sample;

        Document read = Wire.Read<Document>(Wire.Write(message));

        Assert.Multiple(() =>
        {
            Assert.That(read.IsDraft, Is.True);
            Assert.That(read.Title, Is.EqualTo(message.Title));
            Assert.That(read.Origin, Is.EqualTo(message.Origin));
            Assert.That(read.Body.ToArray(), Is.EqualTo(message.Body.ToArray()));
            Assert.That(read.Signature, Is.EqualTo(message.Signature));
            Assert.That(read.Side, Is.EqualTo(Side.Buy));
            Assert.That(read.Revision, Is.EqualTo(77));
        });
    }

    [Test]
    public void NullsAreReadAsEmpty()
    {
        Document read = Wire.Read<Document>(Wire.Write(default(Document)));

        Assert.That(read.Title, Is.Empty);
        Assert.That(read.Body.Length, Is.Zero);
        Assert.That(read.Signature, Is.Empty);
    }

    [Test]
    public void FieldsLieWhereTheSchemaSays()
    {
        Assert.That(Wire.Schema<Document>().Text.Split('\n')[1..^1], Is.EqualTo(new[]
        {
            "  IsDraft bool @0",
            "  Title utf8 @4",
            "  Origin IpMpsc.Generators.Tests.Messages.Point(16) @16",
            "  Body u8[] @32",
            "  Signature u8[] @40",
            "  Side IpMpsc.Generators.Tests.Messages.Side(u8) @48",
            "  _revision i64 @56",
            "struct IpMpsc.Generators.Tests.Messages.Point size 16",
            "  X f64 @0",
            "  Y f32 @8",
            "enum IpMpsc.Generators.Tests.Messages.Side u8",
            "  Buy = 1",
            "  Sell = 2",
        }));

        byte[] payload = Wire.Write(Sample);
        int title = Encoding.UTF8.GetByteCount(Sample.Title);
        Assert.Multiple(() =>
        {
            Assert.That(Range(payload, TitleRange), Is.EqualTo((64, title)));
            Assert.That(Range(payload, BodyRange), Is.EqualTo((64 + title, 3)));
            Assert.That(Range(payload, 40), Is.EqualTo((64 + title + 3, 2)));
            Assert.That(payload, Has.Length.EqualTo(64 + title + 5));
            Assert.That(payload[1..4], Is.All.Zero, "the padding");
        });
    }

    [Test]
    public void ViewShowsTheMessageInPlace()
    {
        byte[] payload = Wire.Write(Sample);
        var view = new Document.View(payload, 1);

        Assert.That(view.IsDraft, Is.True);
        Assert.That(view.Origin, Is.EqualTo(new Point(1, 2)));
        Assert.That(view.Side, Is.EqualTo(Side.Buy));
        Assert.That(view.GetTitleString(), Is.EqualTo(Sample.Title));
        Assert.That(view.Title.SequenceEqual(Encoding.UTF8.GetBytes(Sample.Title)), Is.True);
        Assert.That(view.Body.Overlaps(payload, out int offset), Is.True);
        Assert.That(-offset, Is.EqualTo(Range(payload, BodyRange).Offset));
    }

    [Test]
    public void WriterFillsAPreparedPayload()
    {
        byte[] payload = Wire.Prepare<Document, Document.Sizes>(new Document.Sizes { Title = 2, Body = 3 });
        Assert.That(payload[..4], Is.All.Zero, "the fixed block is cleared");

        var writer = new Document.Writer(payload);
        writer.IsDraft = true;
        writer.Origin = new Point(3, 4);
        writer.Side = Side.Sell;
        "ab"u8.CopyTo(writer.Title);
        writer.Body.Fill(7);

        Document read = Wire.Read<Document>(payload);
        Assert.Multiple(() =>
        {
            Assert.That(read.IsDraft, Is.True);
            Assert.That(read.Title, Is.EqualTo("ab"));
            Assert.That(read.Origin, Is.EqualTo(new Point(3, 4)));
            Assert.That(read.Body.ToArray(), Is.EqualTo(new byte[] { 7, 7, 7 }));
            Assert.That(read.Signature, Is.Empty);
            Assert.That(read.Side, Is.EqualTo(Side.Sell));
            Assert.That(read.Revision, Is.Zero);
        });
    }

    [Test]
    public void NegativeSizesAreRefused() =>
        Assert.That(
            () => Wire.Prepare<Document, Document.Sizes>(new Document.Sizes { Body = -1 }),
            Throws.TypeOf<ArgumentOutOfRangeException>().With.Property("ParamName").EqualTo("Body"));

    [Test]
    public void SizesBeyondAPayloadAreRefused() =>
        Assert.That(
            () => Wire.Prepare<Document, Document.Sizes>(new() { Body = int.MaxValue, Title = int.MaxValue }),
            Throws.ArgumentException.With.Message.Contains("4,294,967,358"));

    [Test]
    public void HalfASurrogatePairIsRefusedBeforeTheClaim() =>
        Assert.That(
            () => Wire.Write(new Document { Title = "ok\ud800", Signature = [] }),
            Throws.ArgumentException.With.Message.Contains("'Title' has half a surrogate pair at index 2"));

    [Test]
    public void InvalidUtf8IsRefused()
    {
        byte[] payload = Wire.Write(new Document { Title = "ab", Signature = [] });
        payload[^1] = 0xFF;

        Assert.That(
            () => Wire.Read<Document>(payload),
            Throws.TypeOf<MessageFormatException>()
                .With.Message.EqualTo("The text of field 'Title' is not valid UTF-8."));
    }

    [TestCase(0u, 1000u)]
    [TestCase(1000u, 0u)]
    [TestCase(uint.MaxValue, 1u)]
    [TestCase(1u, uint.MaxValue)]
    [TestCase(uint.MaxValue, uint.MaxValue)]
    [TestCase(0x80000000u, 0x80000000u)]
    public void RangesOutsideThePayloadAreRefused(uint offset, uint length)
    {
        byte[] payload = Wire.Write(Sample);
        BitConverter.TryWriteBytes(payload.AsSpan(BodyRange), offset);
        BitConverter.TryWriteBytes(payload.AsSpan(BodyRange + 4), length);

        Assert.That(
            () => Wire.Read<Document>(payload),
            Throws.TypeOf<MessageFormatException>().With.Message.Contains("'Body'"));
        Assert.That(() => new Document.View(payload, 1).Body.Length, Throws.TypeOf<MessageFormatException>());
        Assert.That(() => new Document.Writer(payload).Body.Length, Throws.TypeOf<MessageFormatException>());
    }

    [Test]
    public void ShortPayloadsAreRefused([Range(0, 63)] int length)
    {
        byte[] payload = Wire.Write(Sample)[..length];

        Assert.That(() => Wire.Read<Document>(payload), Throws.TypeOf<MessageFormatException>());
        Assert.That(() => new Document.View(payload, 1).IsDraft, Throws.TypeOf<MessageFormatException>());
        Assert.That(() => new Document.Writer(payload).IsDraft, Throws.ArgumentException);
    }

    private static (int Offset, int Length) Range(byte[] payload, int position) =>
        (BitConverter.ToInt32(payload, position), BitConverter.ToInt32(payload, position + 4));
}
