using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Exploring.Engine;
using Real = System.Threading;

#pragma warning disable IDE0130 // The library's own namespace: its code finds these types before those of the framework.
namespace IpMpsc;

/// <summary>Replaces the framework's class, and calls the scheduler before each access.</summary>
internal static unsafe class Volatile
{
    public static bool Read(ref readonly bool location) => Hook.Load(At(in location), 1) != 0;

    public static int Read(ref readonly int location) => unchecked((int)Hook.Load(At(in location), 4));

    public static uint Read(ref readonly uint location) => unchecked((uint)Hook.Load(At(in location), 4));

    public static long Read(ref readonly long location) => unchecked((long)Hook.Load(At(in location), 8));

    public static ulong Read(ref readonly ulong location) => Hook.Load(At(in location), 8);

    /// <summary>References are read and written at once, since no rule of the protocol depends on one.</summary>
    [return: NotNullIfNotNull(nameof(location))]
    public static T Read<T>(ref readonly T location) where T : class? => location;

    public static void Write(ref bool location, bool value) => Hook.Store(At(in location), 1, value ? 1UL : 0, isRelease: true);

    public static void Write(ref int location, int value) => Hook.Store(At(in location), 4, unchecked((uint)value), isRelease: true);

    public static void Write(ref uint location, uint value) => Hook.Store(At(in location), 4, value, isRelease: true);

    public static void Write(ref long location, long value) => Hook.Store(At(in location), 8, unchecked((ulong)value), isRelease: true);

    public static void Write(ref ulong location, ulong value) => Hook.Store(At(in location), 8, value, isRelease: true);

    public static void Write<T>(ref T location, T value) where T : class? => location = value;

    internal static nint At<T>(ref readonly T location) => (nint)Unsafe.AsPointer(ref Unsafe.AsRef(in location));
}

/// <summary>Plain stores that other threads see and, in mutants, stores that should be release stores.</summary>
internal static class Plain
{
    public static void Write(ref int location, int value) => Hook.Store(Volatile.At(in location), 4, unchecked((uint)value), isRelease: false);

    public static void Write(ref bool location, bool value) => Hook.Store(Volatile.At(in location), 1, value ? 1UL : 0, isRelease: false);

    public static void Write(ref long location, long value) => Hook.Store(Volatile.At(in location), 8, unchecked((ulong)value), isRelease: false);

    public static void Write(ref ulong location, ulong value) => Hook.Store(Volatile.At(in location), 8, value, isRelease: false);
}

/// <inheritdoc cref="Volatile"/>
internal static class Interlocked
{
    public static void MemoryBarrier() => Hook.Fence();

    public static void MemoryBarrierProcessWide() => Hook.Barrier(ofProcess: true);

    public static int CompareExchange(ref int location, int value, int comparand) => unchecked((int)CompareExchange(
        Volatile.At(in location), 4, (uint)value, (uint)comparand));

    public static uint CompareExchange(ref uint location, uint value, uint comparand) => (uint)CompareExchange(
        Volatile.At(in location), 4, value, comparand);

    public static long CompareExchange(ref long location, long value, long comparand) => unchecked((long)CompareExchange(
        Volatile.At(in location), 8, (ulong)value, (ulong)comparand));

    [return: NotNullIfNotNull(nameof(location))]
    public static T CompareExchange<T>(ref T location, T value, T comparand) where T : class? =>
        Real.Interlocked.CompareExchange(ref location, value, comparand);

    public static int Exchange(ref int location, int value) => unchecked((int)Hook.Exchange(
        Volatile.At(in location), 4, (ulong)(uint)value, static (_, value) => value));

    public static long Exchange(ref long location, long value) => unchecked((long)Hook.Exchange(
        Volatile.At(in location), 8, (ulong)value, static (_, value) => value));

    [return: NotNullIfNotNull(nameof(location))]
    public static T Exchange<T>(ref T location, T value) where T : class? => Real.Interlocked.Exchange(ref location, value);

    public static uint Or(ref uint location, uint value) => (uint)Hook.Exchange(
        Volatile.At(in location), 4, (ulong)value, static (was, value) => was | value);

    public static int Add(ref int location, int amount) => unchecked((int)Hook.Exchange(
        Volatile.At(in location), 4, amount, static (was, amount) => (uint)((int)was + amount)) + amount);

    public static long Add(ref long location, long amount) => unchecked((long)Hook.Exchange(
        Volatile.At(in location), 8, amount, static (was, amount) => (ulong)((long)was + amount)) + amount);

    public static int Increment(ref int location) => Add(ref location, 1);

    public static long Increment(ref long location) => Add(ref location, 1);

    public static int Decrement(ref int location) => Add(ref location, -1);

    private static ulong CompareExchange(nint address, int length, ulong value, ulong comparand) => Hook.Exchange(
        address, length, (Value: value, Comparand: comparand), static (was, wanted) => was == wanted.Comparand ? wanted.Value : was);
}
