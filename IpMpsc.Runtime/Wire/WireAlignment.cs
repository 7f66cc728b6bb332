using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace IpMpsc.Wire;

/// <summary>The alignment of a type in memory and in a payload. Used by generated code.</summary>
/// <typeparam name="T">The type.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class WireAlignment<T> where T : unmanaged
{
    /// <summary>The number that every offset of such a value is a multiple of; the JIT makes it a constant.</summary>
    public static int Value => Unsafe.SizeOf<Probe>() - Unsafe.SizeOf<T>();

    // The compilers of C++ and .NET both put the value at the first multiple of its alignment behind the byte.
    private struct Probe
    {
#pragma warning disable CS0169, CS0649, IDE0044 // Only the layout matters.
        private byte _first;
        private T _value;
#pragma warning restore CS0169, CS0649, IDE0044
    }
}
