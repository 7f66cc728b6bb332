using IpMpsc.Generators.Tests.Messages;

namespace IpMpsc.Generators.Tests;

/// <summary>Arrays, nested messages, UTF-16 and addresses, written and read as copies and in place.</summary>
public sealed class VariableFieldTests
{
    private static Catalogue Sample
    {
        get
        {
            Catalogue sample = new()
            {
                Kind = 7,
                Numbers = [long.MinValue, 0, long.MaxValue],
                Weights = new[] { 0.5, double.NaN },
                Points = [new Point(1, 2), new Point(3, 4)],
                Sides = [Side.Sell, Side.Buy, Side.Sell],
                Flags = [true, false],
                Title = "Ω 🙂",
                Letters = "abc".AsMemory(),
                Summary = new Note { Stars = 5, Author = "Ada", Marks = [1, -1] },
                Notes = [new Note { Author = "Bob", Marks = [2] }, new Note { Author = "", Marks = [] }],
                More = new[] { new Note { Author = "Eve", Marks = [Int128.MaxValue] } },
                ReplyTo = new ChannelAddress("/tmp/replies"),
            };
            sample.Eight[3] = 33;
            return sample;
        }
    }

    [Test]
    public void ReadsWhatWasWritten() => AssertIsSample(Wire.Read<Catalogue>(Wire.Write(Sample)));

    [Test]
    public void DefaultsAreReadAsEmpty()
    {
        Catalogue read = Wire.Read<Catalogue>(Wire.Write(default(Catalogue)));

        Assert.Multiple(() =>
        {
            Assert.That(read.Numbers, Is.Empty);
            Assert.That(read.Points, Is.Empty);
            Assert.That(read.Title, Is.Empty);
            Assert.That(read.Notes, Is.Empty);
            Assert.That(read.Summary.Author, Is.Empty);
            Assert.That(read.ReplyTo.IsEmpty, Is.True);
        });
    }

    [Test]
    public void BlockWithoutAnySizesIsAMessageToo()
    {
        byte[] zeros = new byte[Wire.Identity<Catalogue>().Size];
        var view = new Catalogue.View(zeros, 1);

        Assert.That(Wire.Read<Catalogue>(zeros).Summary.Author, Is.Empty);
        Assert.That(view.Summary.GetAuthorString(), Is.Empty);
        Assert.That(view.Notes.Count, Is.Zero);
    }

    [Test]
    public void EverythingIsAlignedToItsElements()
    {
        byte[] payload = Wire.Write(Sample);
        var view = new Catalogue.View(payload, 1);

        Assert.That(OffsetOf<long>(payload, view.Numbers) % sizeof(long), Is.Zero);
        Assert.That(OffsetOf<double>(payload, view.Weights) % sizeof(double), Is.Zero);
        Assert.That(OffsetOf<Point>(payload, view.Points) % sizeof(double), Is.Zero);
        Assert.That(OffsetOf<char>(payload, view.Title) % sizeof(char), Is.Zero);
        Assert.That(OffsetOf<Int128>(payload, view.Summary.Marks) % 16, Is.Zero);
        foreach (Note.View note in view.Notes)
        {
            Assert.That(note.Marks.IsEmpty || OffsetOf<Int128>(payload, note.Marks) % 16 == 0, Is.True);
        }
    }

    [Test]
    public void ViewShowsTheMessageInPlace()
    {
        Catalogue sample = Sample;
        byte[] payload = Wire.Write(sample);
        var view = new Catalogue.View(payload, 1);

        Assert.That(view.Eight[3], Is.EqualTo(33));
        Assert.That(view.Numbers.ToArray(), Is.EqualTo(sample.Numbers));
        Assert.That(view.Sides.ToArray(), Is.EqualTo(sample.Sides));
        Assert.That(view.Title.ToString(), Is.EqualTo(sample.Title).And.EqualTo(view.GetTitleString()));
        Assert.That(view.Summary.GetAuthorString(), Is.EqualTo("Ada"));
        Assert.That(view.Notes.Count, Is.EqualTo(2));
        Assert.That(view.Notes[0].Marks.ToArray(), Is.EqualTo(sample.Notes[0].Marks));
        Assert.That(view.GetReplyToAddress(), Is.EqualTo(sample.ReplyTo));
        Assert.Throws<IndexOutOfRangeException>(() => _ = new Catalogue.View(payload, 1).Notes[2].Stars);
    }

    [Test]
    public void WriterFillsAPreparedPayload()
    {
        Catalogue sample = Sample;
        byte[] payload = Wire.Prepare<Catalogue, Catalogue.Sizes>(new Catalogue.Sizes
        {
            Numbers = 3,
            Weights = 2,
            Points = 2,
            Sides = 3,
            Flags = 2,
            Title = sample.Title.Length,
            Letters = 3,
            Summary = new Note.Sizes { Author = 3, Marks = 2 },
            Notes = new[] { new Note.Sizes { Author = 3, Marks = 1 }, default },
            More = new[] { new Note.Sizes { Author = 3, Marks = 1 } },
            ReplyTo = sample.ReplyTo.Path.Length,
        });
        var writer = new Catalogue.Writer(payload);
        writer.Kind = sample.Kind;
        writer.Eight = sample.Eight;
        sample.Numbers.CopyTo(writer.Numbers);
        sample.Weights.Span.CopyTo(writer.Weights);
        sample.Points.CopyTo(writer.Points);
        sample.Sides.CopyTo(writer.Sides);
        sample.Flags.CopyTo(writer.Flags);
        sample.Title.CopyTo(writer.Title);
        sample.Letters.Span.CopyTo(writer.Letters);
        writer.Summary.Stars = 5;
        Fill(writer.Summary, "Ada"u8, sample.Summary.Marks);
        Fill(writer.Notes[0], "Bob"u8, sample.Notes[0].Marks);
        Fill(writer.More[0], "Eve"u8, sample.More.Span[0].Marks);
        "/tmp/replies"u8.CopyTo(writer.ReplyTo);

        AssertIsSample(Wire.Read<Catalogue>(payload));
    }

    [Test]
    public void MessagesThatShareBytesAreNotCopied()
    {
        byte[] payload = Wire.Write(Sample);
        int list = BitConverter.ToInt32(payload, NotesRange());
        payload.AsSpan(list, 8).CopyTo(payload.AsSpan(list + 8));

        Assert.That(
            () => Wire.Read<Catalogue>(payload),
            Throws.TypeOf<MessageFormatException>().With.Message.Contains("Field 'Notes'").And.Message.Contains("before the end"));
    }

    [TestCase(1u, 8u)]
    [TestCase(8u, 7u)]
    public void RangesThatDoNotFitTheElementsAreRefused(uint offset, uint length)
    {
        byte[] payload = Wire.Write(Sample);
        BitConverter.TryWriteBytes(payload.AsSpan(20), offset);
        BitConverter.TryWriteBytes(payload.AsSpan(24), length);

        Assert.That(
            () => new Catalogue.View(payload, 1).Numbers.Length,
            Throws.TypeOf<MessageFormatException>().With.Message.Contains("'Numbers'"));
    }

    [Test]
    public unsafe void BufferOfAFixedMessageIsSentAsItIs()
    {
        Raw message = new() { Kind = 1 };
        message.Values[2] = 9;

        Raw read = Wire.Read<Raw>(Wire.Write(message));

        Assert.That(read.Values[2], Is.EqualTo(9));
        Assert.That(Wire.Schema<Raw>().Text, Does.Contain("  Values i32[3] @4\n"));
    }

    private static int NotesRange()
    {
        string line = Wire.Schema<Catalogue>().Text.Split('\n').Single(text => text.StartsWith("  Notes ", StringComparison.Ordinal));
        return int.Parse(line[(line.IndexOf('@') + 1)..]);
    }

    private static void Fill(Note.Writer note, ReadOnlySpan<byte> author, Int128[] marks)
    {
        author.CopyTo(note.Author);
        marks.CopyTo(note.Marks);
    }

    private static long OffsetOf<T>(byte[] payload, ReadOnlySpan<T> part) where T : unmanaged
    {
        Assert.That(
            System.Runtime.InteropServices.MemoryMarshal.AsBytes(part).Overlaps(payload, out int offset), Is.True);
        return -offset;
    }

    private static void AssertIsSample(in Catalogue read)
    {
        Catalogue sample = Sample;
        Assert.That(read.Kind, Is.EqualTo(sample.Kind));
        Assert.That(read.Eight[3], Is.EqualTo(33));
        Assert.That(read.Numbers, Is.EqualTo(sample.Numbers));
        Assert.That(read.Weights.ToArray(), Is.EqualTo(sample.Weights.ToArray()));
        Assert.That(read.Points, Is.EqualTo(sample.Points));
        Assert.That(read.Sides, Is.EqualTo(sample.Sides));
        Assert.That(read.Flags, Is.EqualTo(sample.Flags));
        Assert.That(read.Title, Is.EqualTo(sample.Title));
        Assert.That(read.Letters.ToString(), Is.EqualTo("abc"));
        Assert.That(read.Summary.Stars, Is.EqualTo(5));
        Assert.That(read.Summary.Author, Is.EqualTo("Ada"));
        Assert.That(read.Summary.Marks, Is.EqualTo(sample.Summary.Marks));
        Assert.That(read.Notes.Select(note => note.Author), Is.EqualTo(new[] { "Bob", "" }));
        Assert.That(read.Notes[0].Marks, Is.EqualTo(sample.Notes[0].Marks));
        Assert.That(read.More.Span[0].Marks, Is.EqualTo(sample.More.Span[0].Marks));
        Assert.That(read.ReplyTo, Is.EqualTo(sample.ReplyTo));
    }
}
