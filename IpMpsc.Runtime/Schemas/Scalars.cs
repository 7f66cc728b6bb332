using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using IpMpsc.Codecs;
using IpMpsc.Codecs.Times;
using IpMpsc.Wire;

namespace IpMpsc.Schemas;

/// <summary>Single values of a fixed type, boxed as their .NET types.</summary>
internal static class Scalars
{
    /// <exception cref="MessageFormatException">The bytes cannot be such a value.</exception>
    public static object Read(SchemaKind kind, ReadOnlySpan<byte> stored, string field) => kind switch
    {
        SchemaKind.Bool => stored[0] != 0,
        SchemaKind.Char => MemoryMarshal.Read<char>(stored),
        SchemaKind.Guid => MemoryMarshal.Read<Guid>(stored),
        SchemaKind.Int8 => MemoryMarshal.Read<sbyte>(stored),
        SchemaKind.Int16 => MemoryMarshal.Read<short>(stored),
        SchemaKind.Int32 => MemoryMarshal.Read<int>(stored),
        SchemaKind.Int64 => MemoryMarshal.Read<long>(stored),
        SchemaKind.Int128 => MemoryMarshal.Read<Int128>(stored),
        SchemaKind.UInt8 => stored[0],
        SchemaKind.UInt16 => MemoryMarshal.Read<ushort>(stored),
        SchemaKind.UInt32 => MemoryMarshal.Read<uint>(stored),
        SchemaKind.UInt64 => MemoryMarshal.Read<ulong>(stored),
        SchemaKind.UInt128 => MemoryMarshal.Read<UInt128>(stored),
        SchemaKind.Float16 => MemoryMarshal.Read<Half>(stored),
        SchemaKind.Float32 => MemoryMarshal.Read<float>(stored),
        SchemaKind.Float64 => MemoryMarshal.Read<double>(stored),
        SchemaKind.DateTime => Read<DateTime, ulong, DateTimeCodec>(stored, field),
        SchemaKind.DateTimeOffset => Read<DateTimeOffset, OffsetSlot, DateTimeOffsetCodec>(stored, field),
        SchemaKind.TimeSpan => Read<TimeSpan, long, TimeSpanCodec>(stored, field),
        SchemaKind.Date => Read<DateOnly, int, DateOnlyCodec>(stored, field),
        SchemaKind.Time => Read<TimeOnly, long, TimeOnlyCodec>(stored, field),
        SchemaKind.Decimal => Read<decimal, DecimalSlot, DecimalCodec>(stored, field),
        SchemaKind.Rune => Read<Rune, uint, RuneCodec>(stored, field),
        SchemaKind.Index => Read<Index, int, IndexCodec>(stored, field),
        _ => throw new UnreachableException($"{kind} is not a single value."),
    };

    /// <summary>False if the value does not have the type that <see cref="Read"/> gives.</summary>
    public static bool TryWrite(SchemaKind kind, object? value, Span<byte> stored) => (kind, value) switch
    {
        (SchemaKind.Bool, bool it) => Write(stored, it ? (byte)1 : (byte)0),
        (SchemaKind.Char, char it) => Write(stored, it),
        (SchemaKind.Guid, Guid it) => Write(stored, it),
        (SchemaKind.Int8, sbyte it) => Write(stored, it),
        (SchemaKind.Int16, short it) => Write(stored, it),
        (SchemaKind.Int32, int it) => Write(stored, it),
        (SchemaKind.Int64, long it) => Write(stored, it),
        (SchemaKind.Int128, Int128 it) => Write(stored, it),
        (SchemaKind.UInt8, byte it) => Write(stored, it),
        (SchemaKind.UInt16, ushort it) => Write(stored, it),
        (SchemaKind.UInt32, uint it) => Write(stored, it),
        (SchemaKind.UInt64, ulong it) => Write(stored, it),
        (SchemaKind.UInt128, UInt128 it) => Write(stored, it),
        (SchemaKind.Float16, Half it) => Write(stored, it),
        (SchemaKind.Float32, float it) => Write(stored, it),
        (SchemaKind.Float64, double it) => Write(stored, it),
        (SchemaKind.DateTime, DateTime it) => Write<DateTime, ulong, DateTimeCodec>(stored, it),
        (SchemaKind.DateTimeOffset, DateTimeOffset it) => Write<DateTimeOffset, OffsetSlot, DateTimeOffsetCodec>(stored, it),
        (SchemaKind.TimeSpan, TimeSpan it) => Write<TimeSpan, long, TimeSpanCodec>(stored, it),
        (SchemaKind.Date, DateOnly it) => Write<DateOnly, int, DateOnlyCodec>(stored, it),
        (SchemaKind.Time, TimeOnly it) => Write<TimeOnly, long, TimeOnlyCodec>(stored, it),
        (SchemaKind.Decimal, decimal it) => Write<decimal, DecimalSlot, DecimalCodec>(stored, it),
        (SchemaKind.Rune, Rune it) => Write<Rune, uint, RuneCodec>(stored, it),
        (SchemaKind.Index, Index it) => Write<Index, int, IndexCodec>(stored, it),
        _ => false,
    };

    /// <summary>A number as an integer of up to 64 bits that can hold it.</summary>
    public static object Convert(SchemaKind kind, Int128 value) => kind switch
    {
        SchemaKind.Int8 => (sbyte)value,
        SchemaKind.Int16 => (short)value,
        SchemaKind.Int32 => (int)value,
        SchemaKind.Int64 => (long)value,
        SchemaKind.UInt8 => (byte)value,
        SchemaKind.UInt16 => (ushort)value,
        SchemaKind.UInt32 => (uint)value,
        SchemaKind.UInt64 => (ulong)value,
        _ => throw new UnreachableException($"{kind} is not an integer type of an enum."),
    };

    private static T Read<T, TSlot, TCodec>(ReadOnlySpan<byte> stored, string field)
        where TSlot : unmanaged
        where TCodec : struct, ICodec<T, TSlot>
    {
        WireScan scan = default;
        return TCodec.Read(ref scan, MemoryMarshal.Read<TSlot>(stored), field);
    }

    private static bool Write<T, TSlot, TCodec>(Span<byte> stored, T value)
        where TSlot : unmanaged
        where TCodec : struct, ICodec<T, TSlot>
    {
        WireWriter writer = default;
        TSlot slot = default;
        TCodec.Write(ref writer, in value, ref slot);
        return Write(stored, slot);
    }

    private static bool Write<T>(Span<byte> stored, T value) where T : struct
    {
        MemoryMarshal.Write(stored, in value);
        return true;
    }
}
