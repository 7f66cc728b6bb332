using System.Globalization;
using System.Numerics;
using System.Text;
using IpMpsc.Native.Tests.Golden;

namespace IpMpsc.Native.Tests.Vectors;

/// <summary>
/// Values and the payloads that every implementation encodes them to, a line each: name and hexadecimal digits. The values are defined here,
/// in native/tests/vectors.c and in python/tests/vectors.py.
/// </summary>
internal static class PayloadVectors
{
    public static string Path { get; } = System.IO.Path.Join(GoldenImages.Folder, "payloads.txt");

    public static string Make() => string.Concat(
        Line("everything", Everything),
        Line("everything-zero", default(Everything)),
        Line("document", Document),
        Line("document-empty", new Document { Title = "", Wide = "", Subtitle = "", Data = [], Extra = [], Points = [], Colours = [], Remarks = [], Language = "" }),
        Line("moments", Moments),
        Line("bag", Bag));

    private static Moments Moments => new()
    {
        Moment = new DateTime(2024, 2, 29, 12, 30, 15, DateTimeKind.Utc),
        Local = new DateTimeOffset(2024, 2, 29, 12, 30, 15, TimeSpan.FromMinutes(90)),
        Span = new TimeSpan(-36, 0, -5),
        Day = new DateOnly(2024, 2, 29),
        Time = new TimeOnly(23, 59),
        Amount = -12345.67m,
        Clef = new Rune(0x1D11E),
        Number = 5,
        Nothing = null,
        Place = new Point { X = 1, Y = 2 },
        Colour = Vectors.Colour.Red,
        Link = new Uri("https://example.org/"),
        Leaf = new Leaf { First = 1, Second = 2 },
        Last = ^3,
    };

    private static Bag Bag => new()
    {
        Pair = (3, "three"),
        Map = new() { ["one"] = 1 },
        Names = ["a", "bc"],
        Huge = BigInteger.Parse("-123456789012345678901234567890", CultureInfo.InvariantCulture),
        After = 77,
    };

    private static Everything Everything
    {
        get
        {
            Four numbers = default;
            ((Span<uint>)numbers)[0] = 1;
            ((Span<uint>)numbers)[3] = uint.MaxValue;
            return new Everything
            {
                Signed128 = Int128.MinValue + 5,
                Unsigned128 = UInt128.MaxValue - 5,
                Id = Guid.Parse("00112233-4455-6677-8899-aabbccddeeff"),
                Signed64 = long.MinValue,
                Unsigned64 = ulong.MaxValue,
                Float64 = -0.5,
                Origin = new Point { X = 1.5, Y = -2.5 },
                Signed32 = int.MinValue,
                Unsigned32 = uint.MaxValue,
                Float32 = 0.25f,
                Numbers = numbers,
                Signed16 = short.MinValue,
                Unsigned16 = ushort.MaxValue,
                Float16 = (Half)0.5,
                Letter = '€',
                Colour = Colour.Red,
                Signed8 = sbyte.MinValue,
                Unsigned8 = byte.MaxValue,
                Flag = true,
                Added = 77,
            };
        }
    }

    private static Document Document => new()
    {
        Number = 7,
        Title = "Größe €",
        Wide = "wide €",
        Subtitle = null,
        Data = [1, 2, 3],
        Extra = null,
        Weights = new double[] { 0.5, -1 },
        Points = [new Point { X = 1, Y = 2 }, new Point { X = 3, Y = 4 }],
        Colours = [Colour.Red, Colour.None, Colour.Red],
        Summary = new Remark { Author = "a", Marks = [1, -2] },
        Remarks = [new Remark { Author = null, Marks = [] }, new Remark { Author = "bc", Marks = [long.MaxValue] }],
        Language = "de",
    };

    private static string Line<T>(string name, T message) where T : struct, IChannelMessage<T>
    {
        byte[] payload = new byte[T.Measure(in message)];
        T.Write(in message, payload);
        return $"{name} {Convert.ToHexStringLower(payload)}\n";
    }
}
