using System.Collections.Immutable;
using System.Net;
using System.Numerics;
using System.Text;
using IpMpsc.Generators.Tests.Messages;

namespace IpMpsc.Generators.Tests;

/// <summary>The types of fields in generated code: copies, views, and the bytes of the payload.</summary>
public sealed class FieldTypeTests
{
    private static Collected Sample => new()
    {
        Texts = ["a", "Größe"],
        MaybeTexts = ["x", null, ""],
        Jagged = [[1, 2], [], [3]],
        Counts = [1, null],
        Memory = new[] { "m" },
        Numbers = [1, 2, 3],
        Names = ["n"],
        Notes = [new Note { Author = "Ada" }],
        MaybeNotes = [null, new Note { Author = "Bob" }],
        Readable = ["r"],
        Fixed = [7],
        Links = [new Uri("https://example.org/")],
        Ids = [5, 6],
        Tags = ["t"],
        Ages = new() { ["Ada"] = 36, ["Größe"] = 4 },
        Sides = new() { [Side.Sell] = new Note { Author = "Eve" } },
        Prices = new Dictionary<int, List<decimal?>> { [1] = [1.50m, null] },
        Nested = new() { ["outer"] = new() { ["inner"] = null } },
        Replies = [new ChannelAddress("/there")],
        Times = [new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Local)],
        Moments = [new Moments { Price = 1.10m }],
        Bigs = [BigInteger.Pow(2, 100)],
        Tuples = [(1, "one")],
        Entries = [new("k", [1L])],
        Flags = [true],
        Points = [null, new Point(1, 2)],
    };

    [Test]
    public void CollectionsAreReadAsTheirDeclaredTypes()
    {
        Collected read = Wire.Read<Collected>(Wire.Write(Sample));

        Assert.Multiple(() =>
        {
            Assert.That(read.Texts, Is.EqualTo(Sample.Texts));
            Assert.That(read.MaybeTexts, Is.EqualTo(Sample.MaybeTexts));
            Assert.That(read.NoTexts, Is.Null);
            Assert.That(read.Jagged, Is.EqualTo(Sample.Jagged));
            Assert.That(read.Counts, Is.EqualTo(Sample.Counts));
            Assert.That(read.Memory.ToArray(), Is.EqualTo(new[] { "m" }));
            Assert.That(read.Numbers, Is.EqualTo(Sample.Numbers));
            Assert.That(read.Notes![0].Author, Is.EqualTo("Ada"));
            Assert.That((read.MaybeNotes[0], read.MaybeNotes[1]!.Value.Author), Is.EqualTo(((Note?)null, "Bob")));
            Assert.That(read.Fixed, Is.EqualTo(Sample.Fixed));
            Assert.That(read.Links!.Value[0], Is.EqualTo(new Uri("https://example.org/")));
            Assert.That(read.Ids, Is.EquivalentTo(Sample.Ids));
            Assert.That(read.Ages, Is.EqualTo(Sample.Ages));
            Assert.That(read.Sides[Side.Sell].Author, Is.EqualTo("Eve"));
            Assert.That(read.Prices[1], Is.EqualTo(new decimal?[] { 1.50m, null }));
            Assert.That(read.Nested["outer"]["inner"], Is.Null);
            Assert.That(read.Replies, Is.EqualTo(Sample.Replies));
            Assert.That((read.Times[0], read.Times[0].Kind), Is.EqualTo((Sample.Times[0], DateTimeKind.Local)));
            Assert.That(read.Moments, Is.EqualTo(Sample.Moments));
            Assert.That(read.Bigs, Is.EqualTo(Sample.Bigs));
            Assert.That(read.Tuples, Is.EqualTo(Sample.Tuples));
            Assert.That(read.Entries[0].Value, Is.EqualTo(new[] { 1L }));
            Assert.That(read.Points, Is.EqualTo(Sample.Points));
        });
    }

    [Test]
    public void NullsAreReadAsEmptyCollections()
    {
        Values values = Wire.Read<Values>(Wire.Write(default(Values)));
        Collected collected = Wire.Read<Collected>(Wire.Write(default(Collected)));

        Assert.Multiple(() =>
        {
            Assert.That((values.Address, values.Uri.OriginalString, values.Version, values.Big), Is.EqualTo((IPAddress.Any, "", new Version(), BigInteger.Zero)));
            Assert.That((values.MaybeAddress, values.MaybeUri, values.MaybeNote, values.MaybeTuple), Is.EqualTo(((IPAddress?)null, (Uri?)null, (Note?)null, ((string, string?)?)null)));
            Assert.That(collected.Numbers, Is.Empty);
            Assert.That(collected.Ages, Is.Empty);
            Assert.That(collected.Fixed.IsDefault, Is.False);
            Assert.That((collected.NoTexts, collected.Notes, collected.Links), Is.EqualTo(((string[]?)null, (List<Note>?)null, (ImmutableArray<Uri>?)null)));
        });
    }

    [Test]
    public void ViewsShowCollectionsInPlaceAndAllocateNothing()
    {
        byte[] payload = Wire.Write(Sample);
        int found = Walk(payload);
        long before = GC.GetAllocatedBytesForCurrentThread();

        found += Walk(payload);

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
        Assert.That(found, Is.EqualTo(2 * 111));
    }

    [Test]
    public void DictionaryViewKnowsWhatItDoesNotHave()
    {
        var view = new Collected.View(Wire.Write(Sample), 1);

        Assert.That(view.Ages.ContainsKey("ada"), Is.False);
        Assert.That(view.Ages.ContainsKey("Ad"), Is.False);
        Assert.That(view.Ages.ContainsKey("Adaa"), Is.False);
        Assert.That(view.Ages.TryGetValue("Bob", out int age), Is.False);
        Assert.That(age, Is.Zero);
        Assert.That(view.Ages.Count, Is.EqualTo(2));
        Assert.That(view.MaybeTexts[1].HasValue, Is.False);
        Assert.That(view.MaybeTexts[2].HasValue, Is.True);
        Assert.That(view.HasNoTexts, Is.False);
    }

    [Test]
    public void ClaimTakesCollectionsAsValuesAndFillsTheRestInPlace()
    {
        byte[] payload = Wire.Prepare<Collected, Collected.Sizes>(new Collected.Sizes
        {
            Texts = ["a", "b"],
            Numbers = 2,
            Ages = new() { ["x"] = 1 },
            Times = [DateTime.UnixEpoch],
        });
        new Collected.Writer(payload).Numbers.Fill(9);

        Collected read = Wire.Read<Collected>(payload);

        Assert.That(read.Texts, Is.EqualTo(new[] { "a", "b" }));
        Assert.That(read.Numbers, Is.EqualTo(new[] { 9, 9 }));
        Assert.That(read.Ages["x"], Is.EqualTo(1));
        Assert.That(read.Times, Is.EqualTo(new[] { DateTime.UnixEpoch }));
    }

    [Test]
    public void WriterSetsValuesInPlace()
    {
        byte[] payload = new byte[Wire.Identity<Moments>().Size];
        var writer = new Moments.Writer(payload);
        writer.Time = DateTime.UnixEpoch;
        writer.Price = -1.25m;
        writer.Count = 3;
        writer.Flag = true;
        writer.Letter = new Rune('x');
        writer.SetThere(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(-3)));
        writer.SetPair((4, 5));
        writer.Place = ^6;
        writer.SetPart(7..^8);

        Moments read = Wire.Read<Moments>(payload);

        Assert.That(read, Is.EqualTo(new Moments
        {
            Time = DateTime.UnixEpoch,
            Price = -1.25m,
            Count = 3,
            Flag = true,
            Letter = new Rune('x'),
            There = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(-3)),
            Pair = (4, 5),
            Place = ^6,
            Part = 7..^8,
        }));
        Assert.That(read.There.Offset, Is.EqualTo(TimeSpan.FromHours(-3)));
    }

    [TestCase(0, "Time")]
    [TestCase(32, "Day")]
    [TestCase(40, "Clock")]
    [TestCase(48, "Price")]
    [TestCase(64, "Letter")]
    public void ValuesThatAreNotValidAreRefused(int offset, string field)
    {
        byte[] payload = Wire.Write(new Moments { Letter = new Rune('x') });
        payload.AsSpan(offset, 4).Fill(0xFF);
        payload.AsSpan(offset + 4, field is "Time" or "Clock" ? 4 : 0).Fill(0x7F);

        Assert.That(
            () => Wire.Read<Moments>(payload),
            Throws.TypeOf<MessageFormatException>().With.Message.Contains($"Field '{field}'").And.Message.Contains("not a valid"));
    }

    /// <summary>The bytes that docs/schema.md describes, written down by hand.</summary>
    [Test]
    public void BytesAreThoseOfTheDocuments()
    {
        byte[] moments = Wire.Write(new Moments
        {
            Time = new DateTime(1, DateTimeKind.Utc),
            There = new DateTimeOffset(TimeSpan.TicksPerHour, TimeSpan.FromHours(1)),
            Span = new TimeSpan(-1),
            Day = new DateOnly(1, 1, 3),
            Clock = new TimeOnly(4),
            Price = -1.5m,
            Letter = new Rune('A'),
            Count = 6,
            Flag = false,
            Side = Side.Sell,
            Pair = (7, 8),
            Place = ^9,
            Part = 10..^0,
        });

        Assert.That(Convert.ToHexString(moments), Is.EqualTo(string.Concat(
            "0100000000000040", // Time: one tick, UTC
            "0000000000000000", "3C00000000000000", // There: no ticks of UTC, 60 minutes
            "FFFFFFFFFFFFFFFF", // Span
            "02000000", "00000000", // Day, then padding
            "0400000000000000", // Clock
            "00000180", "00000000", "0F00000000000000", // Price: scale 1, negative, 15
            "41000000", // Letter
            "01000000", "06000000", // Count: present, 6
            "0100", // Flag: present, false
            "0000", // free
            "0000000000000000", "00000000000000000000000000000000", // Limit
            "0102", // Side: present, 2
            "000000000000", // free
            "0000000000000000", "0000000000000000", "0000000000000000", // Where
            "0700000000000000", "0800000000000000", // Pair
            "F6FFFFFF", // Place: the complement of 9
            "0A000000", "FFFFFFFF", // Part
            "00000000"))); // free
    }

    [Test]
    public void NestedMessagesGrowInBothDirections()
    {
        HolderV1 old = new()
        {
            One = new PartV1 { Name = "one", Count = 1 },
            Many = [new PartV1 { Name = "two", Count = 2 }, new PartV1 { Name = "three", Count = 3 }],
            Ticks = new() { ["a"] = new TickV1 { Price = 4 } },
            Last = 5,
        };
        HolderV2 now = Wire.Read<HolderV2>(Wire.Write(old));
        Assert.Multiple(() =>
        {
            Assert.That(now.One, Is.EqualTo(new PartV2 { Name = "one", Count = 1 }));
            Assert.That(now.Many, Is.EqualTo(new[] { new PartV2 { Name = "two", Count = 2 }, new PartV2 { Name = "three", Count = 3 } }));
            Assert.That(now.Ticks["a"], Is.EqualTo(new TickV2 { Price = 4 }));
            Assert.That(now.Last, Is.EqualTo(5));
        });

        now.Many[1].Comment = "new";
        now.Many[1].Weight = 6;
        now.Ticks["a"] = new TickV2 { Price = 4, Volume = 7 };
        byte[] payload = Wire.Write(now);
        HolderV1 back = Wire.Read<HolderV1>(payload);
        Assert.Multiple(() =>
        {
            Assert.That(back.One, Is.EqualTo(old.One));
            Assert.That(back.Many, Is.EqualTo(old.Many));
            Assert.That(back.Ticks, Is.EqualTo(old.Ticks));
            Assert.That(new HolderV2.View(payload, 1).Many[1].Weight, Is.EqualTo(6));
            Assert.That(new HolderV2.View(Wire.Write(old), 1).Many[1].Weight, Is.Zero);
        });
    }

    [Test]
    public void ProgramsWithPartsOfDifferentVersionsShareAChannel()
    {
        using var receiver = Receiver<HolderV1>.CreateTemporary();
        using var sender = Sender<HolderV2>.Open(receiver.Path);
        sender.Send(new HolderV2 { Many = [new PartV2 { Name = "x", Weight = 1 }], Last = 2 });

        HolderV1 read = receiver.Receive();

        Assert.That((read.Many[0].Name, read.Last), Is.EqualTo(("x", 2)));
    }

    private static int Walk(byte[] payload)
    {
        var view = new Collected.View(payload, 1);
        int sum = 0;
        foreach (ReadOnlySpan<byte> text in view.Texts)
        {
            sum += text.Length; // 1 + 7
        }

        foreach (ReadOnlySpan<int> inner in view.Jagged)
        {
            sum += inner.Length; // 3
        }

        sum += view.Jagged[2][0]; // 3
        sum += view.Ages.TryGetValue("Größe", out int age) ? age : 0; // 4
        sum += view.Ages.TryGetValue("Ada", out age) ? age : 0; // 36
        sum += view.Sides.TryGetValue(Side.Sell, out Note.View note) ? note.Author.Length : 0; // 3
        foreach (var entry in view.Nested)
        {
            sum += entry.Key.Length + entry.Value.Count; // 5 + 1
            sum += entry.Value.TryGetValue("inner", out var inner) && !inner.HasValue ? 1 : 0; // 1
        }

        foreach (Moments moments in view.Moments)
        {
            sum += (int)(10 * moments.Price); // 11
        }

        sum += view.Ids.Length + view.Ids[0]; // 2 + 5
        sum += view.MaybeNotes[1].Value.Author.Length; // 3
        sum += view.Replies[0].Length; // 6
        sum += view.Times[0].Day; // 2
        sum += view.Counts[0] ?? 0; // 1
        sum += (int)(view.Points[1]?.Y ?? 0); // 2
        sum += view.Links[0].Length - 5; // 15
        return sum;
    }
}
