using System.Runtime.CompilerServices;
using IpMpsc.Generators.Tests.Messages;
using IpMpsc.Wire;

namespace IpMpsc.Generators.Tests;

/// <summary>Generated code of messages of fixed size, compiled with these tests and run.</summary>
public sealed class FixedMessageTests
{
    private static readonly EveryNumber s_message = new()
    {
        Flag = true,
        Int8 = sbyte.MinValue,
        UInt8 = byte.MaxValue,
        Int16 = short.MinValue,
        UInt16 = ushort.MaxValue,
        Int32 = int.MinValue,
        UInt32 = uint.MaxValue,
        Int64 = long.MinValue,
        UInt64 = ulong.MaxValue,
        Int128 = Int128.MinValue,
        UInt128 = UInt128.MaxValue,
        Half = Half.Epsilon,
        Single = float.MaxValue,
        Double = double.NegativeInfinity,
        Letter = 'Ω',
        Side = Side.Sell,
        Guid = new Guid("00112233-4455-6677-8899-aabbccddeeff"),
    };

    [Test]
    public void ReadsWhatWasWritten() =>
        Assert.That(Wire.Read<EveryNumber>(Wire.Write(s_message)), Is.EqualTo(s_message));

    [Test]
    public void FieldsLieWhereTheSchemaSays()
    {
        byte[] payload = Wire.Write(s_message);

        Assert.That(Wire.Schema<EveryNumber>().Text.Split('\n')[1..^1], Is.EqualTo(new[]
        {
            "  Flag bool @0",
            "  Int16 i16 @2",
            "  Int8 i8 @4",
            "  Int64 i64 @8",
            "  UInt8 u8 @16",
            "  Int128 i128 @32",
            "  Letter char @48",
            "  Int32 i32 @52",
            "  Side IpMpsc.Generators.Tests.Messages.Side(u8) @56",
            "  Guid guid @60",
            "  Half f16 @76",
            "  Double f64 @80",
            "  UInt16 u16 @88",
            "  Single f32 @92",
            "  UInt128 u128 @96",
            "  UInt32 u32 @112",
            "  UInt64 u64 @120",
            "enum IpMpsc.Generators.Tests.Messages.Side u8",
            "  Buy = 1",
            "  Sell = 2",
        }));
        Assert.That(payload, Has.Length.EqualTo(128));
        Assert.That(BitConverter.ToInt16(payload, 2), Is.EqualTo(s_message.Int16));
        Assert.That(new Guid(payload.AsSpan(60, 16)), Is.EqualTo(s_message.Guid));
        Assert.That(BitConverter.ToDouble(payload, 80), Is.EqualTo(s_message.Double));
        Assert.That(BitConverter.ToUInt64(payload, 120), Is.EqualTo(s_message.UInt64));
    }

    [Test]
    public void SizeIsThatOfTheStruct()
    {
        Assert.That(Wire.Identity<EveryNumber>().Size, Is.EqualTo(Unsafe.SizeOf<EveryNumber>()));
        Assert.That(Wire.Identity<Point>(), Is.EqualTo((Unsafe.SizeOf<Point>(), true, (ushort)42)));
    }

    [Test]
    public void DerivedIdIsTheHashOfTheName() =>
        Assert.That(Wire.Identity<EveryNumber>().Id, Is.EqualTo(Wire.Schema<EveryNumber>().Id).And.EqualTo(35590));

    [Test]
    public void ReadOnlyRecordsAreFilledToo()
    {
        var point = new Point(1.5, -2.5f);

        Assert.That(Wire.Read<Point>(Wire.Write(point)), Is.EqualTo(point));
    }

    [Test]
    public void ShortPayloadIsRefused()
    {
        byte[] payload = Wire.Write(s_message);

        MessageFormatException error =
            Assert.Throws<MessageFormatException>(() => Wire.Read<EveryNumber>(payload.AsSpan(0, 127)))!;
        Assert.That(
            error.Message,
            Is.EqualTo("A payload of 127 bytes is shorter than the 128 bytes of the message's fixed block."));
    }

    [Test]
    public void SizeThatTheRuntimeDoesNotKeepIsAnError()
    {
        InvalidOperationException error =
            Assert.Throws<InvalidOperationException>(() => WireLayout.Require<Point>(12))!;

        Assert.That(error.Message, Does.Contain("in 16 bytes, but its wire image has 12"));
    }
}
