using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;
using static IpMpsc.Extensions.Hosting.Logging.StateLayout;

namespace IpMpsc.Extensions.Hosting.Logging;

/// <summary>Finds out where the values lie in a state of <see cref="LoggerMessage"/>, which is what generated logger methods make.</summary>
/// <remarks>
/// It changes one field at a time and looks where the state differs. If anything is not as expected - another version of .NET,
/// fields removed by trimming - the values are read from the list, and nothing but the time and the allocations differs.
/// </remarks>
/// <typeparam name="TState">The type of the state.</typeparam>
internal static class StateProbe<TState>
{
    /// <summary>The layout, or <see cref="StateLayout.Unknown"/>.</summary>
    [UnconditionalSuppressMessage("Trimming", "IL2090", Justification = "Fields that were removed are not found, and the values are read from the list.")]
    public static StateLayout Find()
    {
        Type type = typeof(TState);
        if (!type.IsValueType || type.Assembly != typeof(ILogger).Assembly || !type.Name.StartsWith("LogValues`", StringComparison.Ordinal))
        {
            return Unknown;
        }

        List<Slot> slots = [];
        while (Field($"_value{slots.Count}") is { } value)
        {
            slots.Add(value.FieldType == typeof(string) ? TextSlot(value) : SlotOf(value));
        }

        return slots.Count == type.GenericTypeArguments.Length
            ? new StateLayout([.. slots], FormatterOffset(Field("_formatter")))
            : Unknown;

        FieldInfo? Field(string name) => typeof(TState).GetField(name, BindingFlags.Instance | BindingFlags.NonPublic);
    }

    private static Slot TextSlot(FieldInfo field) => OffsetOf(field, "probe") is var offset and >= 0 ? new Slot(Kind.String, offset) : default;

    /// <summary>Where the state refers to its formatter; negative if it does not.</summary>
    [UnconditionalSuppressMessage("Trimming", "IL2072", Justification = "No constructor is called: the object is only compared.")]
    private static int FormatterOffset(FieldInfo? formatter) => formatter is { FieldType: { IsClass: true, IsAbstract: false } type }
        ? OffsetOf(formatter, RuntimeHelpers.GetUninitializedObject(type))
        : -1;

    /// <summary>Where a field with a reference lies; all others of the state are zero. Negative if it is not found.</summary>
    private static int OffsetOf(FieldInfo field, object probe)
    {
        TState changed = Changed(field, probe);
        ref byte state = ref Unsafe.As<TState, byte>(ref changed);
        for (int offset = 0; offset <= Unsafe.SizeOf<TState>() - nint.Size; offset += nint.Size)
        {
            if (ReferenceEquals(Unsafe.As<byte, object>(ref Unsafe.Add(ref state, offset)), probe))
            {
                return offset;
            }
        }

        return -1;
    }

    /// <summary>Where a field with a number lies: its bytes are the ones that change with it.</summary>
    private static Slot SlotOf(FieldInfo field)
    {
        (Kind kind, object? probe, int size) = ProbeOf(field.FieldType);
        if (probe is null)
        {
            return default;
        }

        TState changed = Changed(field, probe);
        ReadOnlySpan<byte> bytes = MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<TState, byte>(ref changed), Unsafe.SizeOf<TState>());
        int offset = bytes.IndexOfAnyExcept((byte)0);
        bool isWhole = offset >= 0 && bytes[offset..].IndexOf((byte)0) is var end && (end < 0 ? bytes.Length - offset : end) == size;
        return isWhole ? new Slot(kind, offset) : default;
    }

    private static TState Changed(FieldInfo field, object probe)
    {
        object state = default(TState)!;
        field.SetValue(state, probe);
        return (TState)state;
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
}
