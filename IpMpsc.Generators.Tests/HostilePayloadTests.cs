using IpMpsc.Generators.Tests.Messages;
using IpMpsc.Schemas;

namespace IpMpsc.Generators.Tests;

/// <summary>
/// Payloads of arbitrary bytes, at the end of readable memory: views, copies and the decoder either return
/// something that lies within the payload or throw <see cref="MessageFormatException"/>.
/// </summary>
[Platform("Linux")]
public sealed class HostilePayloadTests
{
    private const int Rounds = 300;

    private delegate void Walk(ReadOnlySpan<byte> payload);

    [Test]
    public void Catalogues([Random(0, int.MaxValue, 10)] int seed) => Check<Catalogue>(seed, Wire.Write(new Catalogue
    {
        Numbers = [1, 2],
        Points = [new Point(1, 2)],
        Title = "title",
        Summary = new Note { Author = "Ada", Marks = [1] },
        Notes = [new Note { Author = "Bob", Marks = [2] }, new Note { Author = "Eve", Marks = [3] }],
        ReplyTo = new ChannelAddress("somewhere"),
    }), payload =>
    {
        var view = new Catalogue.View(payload, 1);
        _ = view.Eight[7];
        Touch(view.Numbers);
        Touch(view.Weights);
        Touch(view.Points);
        Touch(view.Flags);
        Touch(view.Title);
        Touch(view.ReplyTo);
        Touch(view.Summary.Author);
        foreach (Note.View note in view.Notes)
        {
            Touch(note.Author);
            Touch(note.Marks);
        }
    });

    [Test]
    public void NullableFields([Random(0, int.MaxValue, 10)] int seed) => Check<Sparse>(
        seed, Wire.Write(new Sparse { Name = "n", Numbers = [1], Notes = [new Note { Author = "A" }] }), payload =>
        {
            var view = new Sparse.View(payload, 1);
            _ = view.GetNameString();
            _ = view.GetWideString();
            Touch(view.Numbers);
            Touch(view.Samples);
            for (int index = 0; index < view.Notes.Count; index++)
            {
                Touch(view.Notes[index].Marks);
            }
        });

    [Test]
    public void Versions([Random(0, int.MaxValue, 10)] int seed, [Values(0, 1, 2, 3, 4)] int version) => Check<OrderV3>(
        seed, Wire.Write(new OrderV3 { Account = "a", Comment = "c", Legs = [1, 2] }), payload =>
        {
            var view = new OrderV3.View(payload, (ushort)version);
            _ = view.Limit;
            Touch(view.Account);
            Touch(view.Legs);
        }, (ushort)version);

    [Test]
    public void Values([Random(0, int.MaxValue, 10)] int seed) => Check<Values>(seed, Wire.Write(new RandomMessages(seed).Values()), payload =>
    {
        var view = new Values.View(payload, 1);
        _ = view.Inner;
        _ = view.Maybe;
        Touch(view.Big);
        Touch(view.Uri);
        _ = view.GetVersionVersion();
        _ = view.Tuple;
        Touch(view.MaybeNote.Author);
    });

    [Test]
    public void Collections([Random(0, int.MaxValue, 10)] int seed) => Check<Collected>(seed, Wire.Write(new RandomMessages(seed).Collected()), payload =>
    {
        var view = new Collected.View(payload, 1);
        foreach (ReadOnlySpan<byte> text in view.Texts)
        {
            Touch(text);
        }

        foreach (ReadOnlySpan<int> inner in view.Jagged)
        {
            Touch(inner);
        }

        _ = view.Ages.TryGetValue("a", out _);
        foreach (var entry in view.Nested)
        {
            Touch(entry.Key);
            _ = entry.Value.ContainsKey("Größe");
        }

        for (int index = 0; index < view.Times.Count; index++)
        {
            _ = view.Times[index];
        }

        foreach (var note in view.MaybeNotes)
        {
            Touch(note.Value.Author);
        }
    });

    private static void Check<T>(int seed, byte[] sample, Walk walk, ushort version = 1)
        where T : struct, IChannelMessage<T>
    {
        SchemaMessage schema = SchemaDocument.Parse(T.Schema.Text).Messages[0];
        using GuardedMemory memory = new();
        var random = new Random(seed);
        for (int round = 0; round < Rounds; round++)
        {
            byte[] damaged = Damage(sample, random);
            Tolerate(memory.Hold(damaged), walk);
            Tolerate(memory.Hold(damaged), payload => T.Read(payload, version));
            Tolerate(memory.Hold(damaged), payload => schema.Decode(payload, version));
        }
    }

    private static void Tolerate(ReadOnlySpan<byte> payload, Walk walk)
    {
        try
        {
            walk(payload);
        }
        catch (MessageFormatException)
        {
        }
    }

    /// <summary>Anything from a slightly damaged message to noise, of any length.</summary>
    private static byte[] Damage(byte[] sample, Random random)
    {
        byte[] damaged = new byte[random.Next(4) == 0 ? random.Next(2 * sample.Length) : sample.Length];
        if (random.Next(4) == 0)
        {
            random.NextBytes(damaged);
        }
        else
        {
            sample.AsSpan(0, Math.Min(sample.Length, damaged.Length)).CopyTo(damaged);
        }

        for (int change = random.Next(4); change > 0 && damaged.Length >= sizeof(int); change--)
        {
            // Words that may be part of a range: small ones, those near the end, and impossible ones.
            int[] words = [random.Next(64), damaged.Length - random.Next(16), random.Next(int.MinValue, int.MaxValue), -1, 0];
            BitConverter.TryWriteBytes(
                damaged.AsSpan(random.Next(damaged.Length / sizeof(int)) * sizeof(int)), words[random.Next(words.Length)]);
        }

        return damaged;
    }

    /// <summary>Reads the first and the last element, which would fault behind the payload.</summary>
    private static void Touch<T>(ReadOnlySpan<T> part) where T : unmanaged
    {
        if (!part.IsEmpty)
        {
            _ = part[0].GetHashCode() + part[^1].GetHashCode();
        }
    }
}
