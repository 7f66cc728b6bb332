using System.Reflection;
using System.Runtime.Loader;
using System.Text.Json;
using IpMpsc.Schemas;
using Microsoft.CodeAnalysis;

namespace IpMpsc.Generators.Tests;

/// <summary>
/// Every type in every position: as a field and a property, null or not, as an element, key, value and part, in nested messages of
/// both kinds, added later, and in a protocol. Values are made of the schema, so a type needs nothing here but its name.
/// </summary>
public sealed class PositionTests
{
    private const int Rounds = 20;

    private const string Usings = """
        #nullable enable
        using System; using System.Collections.Generic; using System.Collections.Immutable; using System.Net; using System.Numerics; using System.Text;
        using IpMpsc;
        [assembly: ChannelStruct(typeof(Foreign))]
        public struct Foreign { public int A; public float B; public DayOfWeek C; }

        """;

    private static Type[] s_messages = [];

    [OneTimeSetUp]
    public void CompileMessages()
    {
        string source = Usings + string.Concat(RefusalTests.Accepted.Append("Foreign").Select(Declare));
        GeneratorOutcome outcome = GeneratorHarness.Run(GeneratorHarness.Compile(source));
        Assert.That(outcome.Complaints, Is.Empty);
        using MemoryStream image = new();
        Assert.That(outcome.Output.Emit(image).Success, Is.True);
        image.Position = 0;
        s_messages =
        [
            .. new AssemblyLoadContext(nameof(PositionTests), isCollectible: true).LoadFromStream(image).GetTypes()
                .Where(type => type.GetInterfaces().Any(face => face.IsGenericType && face.GetGenericTypeDefinition() == typeof(IChannelMessage<>))),
        ];
        Assert.That(s_messages, Has.Length.EqualTo(3 * (RefusalTests.Accepted.Length + 1)));
    }

    [Test]
    public void ValuesComeBackThroughTheChannelTheSchemaAndJson([Random(0, int.MaxValue, 3)] int seed) => ForAll(nameof(CheckRoundTrip), seed);

    [Test]
    public void DamagedPayloadsAreReadOrRefused([Random(0, int.MaxValue, 3)] int seed) => ForAll(nameof(CheckDamaged), seed);

    /// <summary>The messages for one type, in a namespace of their own.</summary>
    private static string Declare(string type, int index)
    {
        bool isNullable = type.EndsWith('?');
        string maybe = isNullable ? type : type + "?";
        string key = isNullable ? "int" : type;
        return $$"""
            namespace P{{index}}
            {
                [ChannelMessage] public partial struct Inner { public {{type}} A; public byte B; }
                [ChannelMessage(Version = 2)] public partial struct Growing { public {{type}} A; [Since(2)] public {{type}} B; }
                [ChannelMessage(Version = 2)] public partial struct All
                {
                    public byte Before; public {{type}} Field; public {{type}} Property { get; set; } public {{maybe}} Maybe;
                    public {{type}}[] Array; public {{type}}[]? MaybeArray; public List<{{type}}> List; public ImmutableArray<{{type}}> Fixed;
                    public ReadOnlyMemory<{{type}}> Memory; public HashSet<{{type}}> Set; public {{maybe}}[] Maybes; public {{type}}[][] Jagged;
                    public Dictionary<string, {{type}}> Values; public Dictionary<{{key}}, {{maybe}}> Keys; public IReadOnlyDictionary<int, {{type}}[]> Deep;
                    public ({{type}} First, {{maybe}} Second) Tuple; public KeyValuePair<{{type}}, {{type}}> Pair; public ({{type}}, int)[] Tuples;
                    public Inner Nested; public Inner? MaybeNested; public Inner[] Many; public Growing Grown; public List<Growing?> ManyGrown;
                    [Since(2)] public {{type}} Added;
                }
                [ChannelProtocol(typeof(All), typeof(Inner), typeof(Growing))] public static partial class Market;
            }

            """;
    }

    private static void ForAll(string check, int seed) => Assert.Multiple(() =>
    {
        MethodInfo method = typeof(PositionTests).GetMethod(check, BindingFlags.NonPublic | BindingFlags.Static)!;
        foreach (Type message in s_messages)
        {
            method.MakeGenericMethod(message).Invoke(null, BindingFlags.DoNotWrapExceptions, null, [new Random(seed)], null);
        }
    });

    private static void CheckRoundTrip<T>(Random random) where T : struct, IChannelMessage<T>
    {
        SchemaMessage schema = SchemaDocument.Parse(T.Schema.Text).Messages[0];
        using var receiver = Receiver<T>.CreateTemporary();
        using var sender = Sender<T>.Open(receiver.Path);
        for (int round = 0; round < 3; round++)
        {
            MessageValue value = Sample(schema.Fields, random);
            byte[] payload = schema.Encode(value);

            sender.Send(Wire.Read<T>(payload));
            T received = receiver.Receive();

            Assert.That(Image(schema, received), Is.EqualTo(payload), $"{typeof(T)} over a channel: {ValueJson.Of(value)}");
            using JsonDocument json = JsonDocument.Parse(ValueJson.Of(schema.Decode(payload, T.SchemaVersion)));
            Assert.That(schema.Encode(schema.ReadJson(json.RootElement)), Is.EqualTo(payload), $"{typeof(T)} as JSON: {ValueJson.Of(value)}");
        }
    }

    private static void CheckDamaged<T>(Random random) where T : struct, IChannelMessage<T>
    {
        SchemaMessage schema = SchemaDocument.Parse(T.Schema.Text).Messages[0];
        byte[] sample = schema.Encode(Sample(schema.Fields, random));
        for (int round = 0; round < Rounds; round++)
        {
            byte[] damaged = [.. sample.Take(random.Next(4) == 0 ? random.Next(sample.Length) : sample.Length)];
            for (int change = random.Next(4); change > 0 && damaged.Length >= sizeof(int); change--)
            {
                int[] words = [random.Next(64), damaged.Length - random.Next(16), random.Next(int.MinValue, int.MaxValue), -1, 0];
                BitConverter.TryWriteBytes(damaged.AsSpan(random.Next(damaged.Length / sizeof(int)) * sizeof(int)), words[random.Next(words.Length)]);
            }

            Tolerate<T>(() => Wire.Read<T>(damaged));
            Tolerate<T>(() => schema.Decode(damaged, T.SchemaVersion));
        }
    }

    private static void Tolerate<T>(Action read)
    {
        try
        {
            read();
        }
        catch (MessageFormatException)
        {
        }
        catch (Exception other)
        {
            Assert.Fail($"{typeof(T)}: {other}");
        }
    }

    /// <summary>The payload of a message; what alignment leaves free in a fixed message is nobody's, so it is cleared.</summary>
    private static byte[] Image<T>(SchemaMessage schema, T message) where T : struct, IChannelMessage<T> =>
        T.IsFixedSize ? schema.Encode(schema.Decode(Wire.Write(message), T.SchemaVersion)) : Wire.Write(message);

    private static MessageValue Sample(IEnumerable<SchemaField> fields, Random random)
    {
        MessageValue value = [];
        foreach (SchemaField field in fields)
        {
            value.Add(field.Name, Sample(field.Type, random));
        }

        return value;
    }

    // Lists have at most one element: a set has each only once.
    private static object? Sample(SchemaType type, Random random) => type.Kind switch
    {
        _ when type.IsNullable && random.Next(3) == 0 => null,
        SchemaKind.Nullable => Sample(type.Element!, random),
        SchemaKind.Bool => random.Next(2) == 0,
        SchemaKind.Char => (char)random.Next('a', 'z'),
        SchemaKind.Guid => new Guid(random.Next(), 1, 2, 3, 4, 5, 6, 7, 8, 9, 10),
        SchemaKind.Int8 => (sbyte)random.Next(sbyte.MinValue, sbyte.MaxValue),
        SchemaKind.Int16 => (short)random.Next(short.MinValue, short.MaxValue),
        SchemaKind.Int32 => random.Next(int.MinValue, int.MaxValue),
        SchemaKind.Int64 => random.NextInt64(long.MinValue, long.MaxValue),
        SchemaKind.Int128 => new Int128((ulong)random.NextInt64(), (ulong)random.NextInt64()),
        SchemaKind.UInt8 => (byte)random.Next(256),
        SchemaKind.UInt16 => (ushort)random.Next(ushort.MaxValue),
        SchemaKind.UInt32 => (uint)random.NextInt64(uint.MaxValue),
        SchemaKind.UInt64 => (ulong)random.NextInt64(),
        SchemaKind.UInt128 => new UInt128((ulong)random.NextInt64(), (ulong)random.NextInt64()),
        SchemaKind.Float16 => (Half)random.NextSingle(),
        SchemaKind.Float32 => random.NextSingle() - 0.5f,
        SchemaKind.Float64 => random.NextDouble() - 0.5,
        SchemaKind.DateTime => new DateTime(random.NextInt64(DateTime.MaxValue.Ticks), (DateTimeKind)random.Next(2)),
        SchemaKind.DateTimeOffset => new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromMinutes(random.Next(-840, 841))),
        SchemaKind.TimeSpan => new TimeSpan(random.NextInt64(long.MinValue, long.MaxValue)),
        SchemaKind.Date => DateOnly.FromDayNumber(random.Next(DateOnly.MaxValue.DayNumber)),
        SchemaKind.Time => new TimeOnly(random.NextInt64(TimeOnly.MaxValue.Ticks)),
        SchemaKind.Decimal => new decimal(random.Next(), random.Next(), random.Next(), random.Next(2) == 0, (byte)random.Next(29)),
        SchemaKind.Rune => new System.Text.Rune(0x1F642),
        SchemaKind.Index => new Index(random.Next(), random.Next(2) == 0),
        SchemaKind.Enum => random.Next(7), // DayOfWeek
        SchemaKind.Struct or SchemaKind.Tuple or SchemaKind.Message => Sample(type.Fields, random),
        SchemaKind.FixedArray => Elements(type, type.Count, random),
        SchemaKind.Array or SchemaKind.Map => Elements(type, random.Next(2), random),
        SchemaKind.Utf8 or SchemaKind.Utf16 => new[] { "", "a", "Größe", "🙂" }[random.Next(4)],
        SchemaKind.Address => "/somewhere/" + random.Next(),
        SchemaKind.Uri => "https://example.org/" + random.Next(),
        SchemaKind.Version => $"1.{random.Next(99)}",
        SchemaKind.IPAddress => random.Next(2) == 0 ? "192.0.2.1" : "2001:db8::1",
        SchemaKind.BigInteger => new System.Numerics.BigInteger(random.NextInt64(long.MinValue, long.MaxValue)) << random.Next(99),
        _ => throw new NotSupportedException($"{type.Kind} has no sample."),
    };

    private static Array Elements(SchemaType type, int count, Random random)
    {
        object?[] elements = [.. Enumerable.Range(0, count).Select(_ => Sample(type.Element!, random))];
        return type.Element!.Kind == SchemaKind.UInt8 ? elements.Cast<byte>().ToArray() : elements;
    }
}
