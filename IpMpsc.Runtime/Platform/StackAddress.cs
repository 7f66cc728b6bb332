using System.Runtime.CompilerServices;

namespace IpMpsc.Platform;

/// <summary>Addresses on the stack of the current thread, which no other thread has while this one lives.</summary>
internal static unsafe class StackAddress
{
    /// <summary>The address of a local variable of the caller.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static nuint Of(ref byte local) => (nuint)Unsafe.AsPointer(ref local);
}
