using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace IpMpsc.Wire;

/// <summary>Compares the generator's layout with that of the runtime. Used by generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class WireLayout
{
    /// <summary>Ensures that a struct has the size on the wire that it has in memory.</summary>
    /// <typeparam name="T">The struct.</typeparam>
    /// <param name="size">The bytes that the generator computed.</param>
    /// <exception cref="InvalidOperationException">The sizes differ, so the struct must not be shared.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Require<T>(int size) where T : unmanaged
    {
        if (Unsafe.SizeOf<T>() != size)
        {
            WireThrowHelper.ThrowLayoutDiffers(typeof(T), Unsafe.SizeOf<T>(), size);
        }
    }
}
