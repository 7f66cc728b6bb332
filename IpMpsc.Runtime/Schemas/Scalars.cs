using System.Diagnostics;
using System.Runtime.InteropServices;

namespace IpMpsc.Schemas;

/// <summary>Single values of a fixed type, boxed as their .NET types.</summary>
internal static class Scalars
{
    public static object Read(SchemaKind kind, ReadOnlySpan<byte> stored) => kind switch
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
        _ => throw new UnreachableException($"{kind} is no single value."),
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
        _ => false,
    };

    private static bool Write<T>(Span<byte> stored, T value) where T : struct
    {
        MemoryMarshal.Write(stored, in value);
        return true;
    }
}
