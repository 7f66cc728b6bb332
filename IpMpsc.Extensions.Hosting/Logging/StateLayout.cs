using System.Runtime.CompilerServices;

namespace IpMpsc.Extensions.Hosting.Logging;

/// <summary>
/// Where the values of a type of state lie, so that they can be read without boxing: as a list, the state of a generated logger
/// method makes an object of each number that is read.
/// </summary>
/// <param name="Slots">The values, from the first on; empty if the state can only be read as a list.</param>
/// <param name="FormatterOffset">Where the state refers to its formatter, which stands for its template; negative if that is not known.</param>
internal sealed record StateLayout(StateLayout.Slot[] Slots, int FormatterOffset)
{
    /// <summary>The layout of a state that can only be read as a list.</summary>
    public static StateLayout Unknown { get; } = new([], -1);

    /// <summary>Whether every value can be read without the list.</summary>
    public bool IsWhole { get; } = FormatterOffset >= 0 && Slots.All(slot => slot.Kind != Kind.Other);

    /// <summary>The formatter of a state whose layout is known.</summary>
    public object FormatterOf(ref byte state) => Unsafe.As<byte, object>(ref Unsafe.Add(ref state, FormatterOffset));

    /// <summary>Adds a value to a list of fields, if it is a text, a number or something as simple.</summary>
    /// <param name="fields">The list.</param>
    /// <param name="hole">The place of the value in its template.</param>
    /// <param name="state">The state.</param>
    /// <param name="index">The index of the value.</param>
    public bool TryAddTo(FieldList fields, in LogTemplate.Hole hole, ref byte state, int index)
    {
        Slot slot = Slots[index];
        ref byte value = ref Unsafe.Add(ref state, slot.Offset);
        switch (slot.Kind)
        {
            case Kind.String when Unsafe.As<byte, string?>(ref value) is { } text:
                fields.AddText(hole, text);
                return true;
            case Kind.Int32:
                fields.AddNumber(hole, Unsafe.ReadUnaligned<int>(ref value));
                return true;
            case Kind.Int64:
                fields.AddNumber(hole, Unsafe.ReadUnaligned<long>(ref value));
                return true;
            case Kind.UInt32:
                fields.AddNumber(hole, Unsafe.ReadUnaligned<uint>(ref value));
                return true;
            case Kind.UInt64:
                fields.AddNumber(hole, Unsafe.ReadUnaligned<ulong>(ref value));
                return true;
            case Kind.Int16:
                fields.AddNumber(hole, Unsafe.ReadUnaligned<short>(ref value));
                return true;
            case Kind.Byte:
                fields.AddNumber(hole, value);
                return true;
            case Kind.Double when double.IsFinite(Unsafe.ReadUnaligned<double>(ref value)):
                fields.AddNumber(hole, Unsafe.ReadUnaligned<double>(ref value));
                return true;
            case Kind.Boolean:
                fields.AddBoolean(hole, value != 0);
                return true;
            case Kind.Guid:
                fields.AddText(hole, Unsafe.ReadUnaligned<Guid>(ref value));
                return true;
            case Kind.TimeSpan:
                fields.AddText(hole, Unsafe.ReadUnaligned<TimeSpan>(ref value));
                return true;
            default:
                return false;
        }
    }

    internal enum Kind : byte
    {
        Other,
        String,
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

    /// <param name="Kind">What the value is.</param>
    /// <param name="Offset">Where it lies in the state.</param>
    internal readonly record struct Slot(Kind Kind, int Offset);
}
