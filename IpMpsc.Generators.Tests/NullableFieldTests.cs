using IpMpsc.Generators.Tests.Messages;

namespace IpMpsc.Generators.Tests;

/// <summary>Null and empty stay different values, in every way to write and to read them.</summary>
public sealed class NullableFieldTests
{
    private static readonly Sparse s_empty = new()
    {
        Name = "",
        Wide = "",
        Bytes = [],
        Numbers = [],
        Samples = ReadOnlyMemory<short>.Empty,
        Notes = [],
        More = ReadOnlyMemory<Note>.Empty,
    };

    [Test]
    public void NullStaysNull() => AssertNull(Wire.Read<Sparse>(Wire.Write(default(Sparse))));

    [Test]
    public void EmptyStaysEmpty() => AssertEmpty(Wire.Read<Sparse>(Wire.Write(s_empty)));

    [Test]
    public void ClaimWithoutSizesHasNulls() =>
        AssertNull(Wire.Read<Sparse>(Wire.Prepare<Sparse, Sparse.Sizes>(default)));

    [Test]
    public void ClaimOfNothingIsEmpty() => AssertEmpty(Wire.Read<Sparse>(Wire.Prepare<Sparse, Sparse.Sizes>(new()
    {
        Name = 0,
        Wide = 0,
        Bytes = 0,
        Numbers = 0,
        Samples = 0,
        Notes = ReadOnlyMemory<Note.Sizes>.Empty,
        More = ReadOnlyMemory<Note.Sizes>.Empty,
    })));

    [Test]
    public void ViewDistinguishesNullFromEmpty()
    {
        var none = new Sparse.View(Wire.Write(default(Sparse)), 1);
        var empty = new Sparse.View(Wire.Write(s_empty), 1);

        Assert.That((none.HasName, none.HasWide, none.HasSamples, none.HasNotes), Is.EqualTo((false, false, false, false)));
        Assert.That((empty.HasName, empty.HasWide, empty.HasSamples, empty.HasNotes), Is.EqualTo((true, true, true, true)));
        Assert.That(none.GetNameString(), Is.Null);
        Assert.That(empty.GetNameString(), Is.Empty);
        Assert.That(none.Samples.IsEmpty && none.Notes.Count == 0, Is.True);
    }

    [Test]
    public void ValuesArrive()
    {
        Sparse read = Wire.Read<Sparse>(Wire.Write(new Sparse
        {
            Wide = "wide",
            Samples = new short[] { 1, 2 },
            More = new[] { new Note { Author = "A" } },
        }));

        Assert.That(read.Name, Is.Null);
        Assert.That(read.Wide, Is.EqualTo("wide"));
        Assert.That(read.Samples!.Value.ToArray(), Is.EqualTo(new short[] { 1, 2 }));
        Assert.That(read.More!.Value.Span[0].Author, Is.EqualTo("A"));
    }

    private static void AssertNull(Sparse read) => Assert.Multiple(() =>
    {
        Assert.That(read.Name, Is.Null);
        Assert.That(read.Wide, Is.Null);
        Assert.That(read.Bytes, Is.Null);
        Assert.That(read.Numbers, Is.Null);
        Assert.That(read.Samples, Is.Null);
        Assert.That(read.Notes, Is.Null);
        Assert.That(read.More, Is.Null);
    });

    private static void AssertEmpty(Sparse read) => Assert.Multiple(() =>
    {
        Assert.That(read.Name, Is.Empty);
        Assert.That(read.Wide, Is.Empty);
        Assert.That(read.Bytes, Is.Empty);
        Assert.That(read.Numbers, Is.Empty);
        Assert.That(read.Samples?.Length, Is.Zero);
        Assert.That(read.Notes, Is.Empty);
        Assert.That(read.More?.Length, Is.Zero);
    });
}
