using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;

namespace IpMpsc.Extensions.Hosting.Logging;

/// <summary>
/// Reads the values of a state of <see cref="LoggerMessage"/>, which is what generated logger methods make, without boxing
/// numbers: as a list, such a state makes an object of each number that is read.
/// </summary>
/// <remarks>
/// Where the values lie in the state is found out once for each type of state, by changing one field at a time and
/// looking which bytes differ. If anything is not as expected - another version of .NET, fields removed by trimming -
/// the values are read from the list, and nothing but the allocations differs.
/// </remarks>
/// <typeparam name="TState">The type of the state.</typeparam>
internal static class UnboxedValues<TState>
{
    private static readonly Slot[] s_slots = FindSlots();

    /// <summary>How many values can be read, from the first on.</summary>
    public static int Count => s_slots.Length;

    /// <summary>Adds a value to a list of fields, if it is a number or something as simple.</summary>
    /// <param name="fields">The list.</param>
    /// <param name="name">The name of the value.</param>
    /// <param name="state">The state.</param>
    /// <param name="index">The index of the value.</param>
    public static bool TryAddTo(FieldList fields, string name, ref TState state, int index)
    {
        Slot slot = s_slots[index];
        ref byte value = ref Unsafe.Add(ref Unsafe.As<TState, byte>(ref state), slot.Offset);
        switch (slot.Kind)
        {
            case Kind.Int32:
                fields.AddNumber(name, Unsafe.ReadUnaligned<int>(ref value));
                return true;
            case Kind.Int64:
                fields.AddNumber(name, Unsafe.ReadUnaligned<long>(ref value));
                return true;
            case Kind.UInt32:
                fields.AddNumber(name, Unsafe.ReadUnaligned<uint>(ref value));
                return true;
            case Kind.UInt64:
                fields.AddNumber(name, Unsafe.ReadUnaligned<ulong>(ref value));
                return true;
            case Kind.Int16:
                fields.AddNumber(name, Unsafe.ReadUnaligned<short>(ref value));
                return true;
            case Kind.Byte:
                fields.AddNumber(name, value);
                return true;
            case Kind.Double when double.IsFinite(Unsafe.ReadUnaligned<double>(ref value)):
                fields.AddNumber(name, Unsafe.ReadUnaligned<double>(ref value));
                return true;
            case Kind.Boolean:
                fields.AddBoolean(name, value != 0);
                return true;
            case Kind.Guid:
                fields.AddText(name, Unsafe.ReadUnaligned<Guid>(ref value));
                return true;
            case Kind.TimeSpan:
                fields.AddText(name, Unsafe.ReadUnaligned<TimeSpan>(ref value));
                return true;
            default:
                return false;
        }
    }

    private enum Kind
    {
        Other,
        Int32,
        Int64,
        UInt32,
        UInt64,
        Int16,
        Byte,
        Double,
        Boolean,
        Guid,
        TimeSpan,
    }

    [UnconditionalSuppressMessage("Trimming", "IL2090", Justification = "Fields that were removed are not found, and the values are read from the list.")]
    private static Slot[] FindSlots()
    {
        if (!typeof(TState).IsValueType
            || !StateValues<TState>.RendersTemplate
            || !typeof(TState).Name.StartsWith("LogValues`", StringComparison.Ordinal))
        {
            return [];
        }

        List<Slot> slots = [];
        while (typeof(TState).GetField($"_value{slots.Count}", BindingFlags.Instance | BindingFlags.NonPublic) is { } field)
        {
            slots.Add(SlotOf(field));
        }

        return slots.Count == typeof(TState).GenericTypeArguments.Length ? [.. slots] : [];
    }

    /// <summary>Where a field lies: its bytes are the ones that change with it.</summary>
    private static Slot SlotOf(FieldInfo field)
    {
        (Kind kind, object? probe, int size) = ProbeOf(field.FieldType);
        if (probe is null)
        {
            return default;
        }

        object state = default(TState)!;
        field.SetValue(state, probe);
        TState changed = (TState)state;
        ReadOnlySpan<byte> bytes = MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<TState, byte>(ref changed), Unsafe.SizeOf<TState>());
        int offset = bytes.IndexOfAnyExcept((byte)0);
        bool isWhole = offset >= 0 && bytes[offset..].IndexOf((byte)0) is var end && (end < 0 ? bytes.Length - offset : end) == size;
        return isWhole ? new Slot(kind, offset) : default;
    }

    /// <summary>A value of a type none of whose bytes is zero, so that it shows where it lies and how long it is.</summary>
    private static (Kind Kind, object? Probe, int Size) ProbeOf(Type type) =>
        type == typeof(int) ? (Kind.Int32, -1, sizeof(int))
        : type == typeof(long) ? (Kind.Int64, -1L, sizeof(long))
        : type == typeof(uint) ? (Kind.UInt32, uint.MaxValue, sizeof(uint))
        : type == typeof(ulong) ? (Kind.UInt64, ulong.MaxValue, sizeof(ulong))
        : type == typeof(short) ? (Kind.Int16, (short)-1, sizeof(short))
        : type == typeof(byte) ? (Kind.Byte, byte.MaxValue, sizeof(byte))
        : type == typeof(double) ? (Kind.Double, BitConverter.Int64BitsToDouble(0x3FF1_1111_1111_1111), sizeof(double))
        : type == typeof(bool) ? (Kind.Boolean, true, sizeof(bool))
        : type == typeof(Guid) ? (Kind.Guid, Guid.AllBitsSet, 16)
        : type == typeof(TimeSpan) ? (Kind.TimeSpan, TimeSpan.FromTicks(-1), sizeof(long))
        : (Kind.Other, null, 0);

    private readonly record struct Slot(Kind Kind, int Offset);
}
