using System.Runtime.InteropServices;

namespace IpMpsc.Platform.MacOS;

/// <summary>
/// os_sync_wait_on_address and related functions, which macOS has since 14.4. They are looked up at run time, so that
/// older systems can do without them.
/// </summary>
internal static unsafe partial class SharedAddress
{
    private const uint Shared = 1;
    private const uint OS_CLOCK_MACH_ABSOLUTE_TIME = 32;

    private static readonly delegate* unmanaged<void*, ulong, nuint, uint, uint, ulong, int> s_wait =
        (delegate* unmanaged<void*, ulong, nuint, uint, uint, ulong, int>)Find("os_sync_wait_on_address_with_timeout");

    private static readonly delegate* unmanaged<void*, nuint, uint, int> s_wake =
        (delegate* unmanaged<void*, nuint, uint, int>)Find("os_sync_wake_by_address_all");

    private static readonly (uint Numerator, uint Denominator) s_timebase = GetTimebase();

    public static bool IsSupported => s_wait != null && s_wake != null;

    /// <summary>Sleeps while the word is <paramref name="value"/>; every error means "check again".</summary>
    public static void Wait(uint* word, uint value, TimeSpan limit)
    {
        // A relative time in units of the Mach clock, which stops while the machine sleeps; 0 is an error.
        double nanoseconds = Math.Min(limit.TotalSeconds, TimeSpan.SecondsPerDay) * 1e9;
        ulong units = Math.Max(1, (ulong)(nanoseconds * s_timebase.Denominator / s_timebase.Numerator));
        s_wait(word, value, sizeof(uint), Shared, OS_CLOCK_MACH_ABSOLUTE_TIME, units);
    }

    /// <summary>Wakes every thread that sleeps on the word. Ignores the call's error if there is none.</summary>
    public static void Wake(uint* word) => s_wake(word, sizeof(uint), Shared);

    private static void* Find(string name) =>
        NativeLibrary.TryLoad("/usr/lib/libSystem.B.dylib", out nint library)
        && NativeLibrary.TryGetExport(library, name, out nint address)
            ? (void*)address
            : null;

    private static (uint Numerator, uint Denominator) GetTimebase()
    {
        uint* info = stackalloc uint[2];
        return GetTimebaseInfo(info) == 0 ? (info[0], info[1]) : (1, 1);
    }

    [LibraryImport("libc", EntryPoint = "mach_timebase_info")]
    private static partial int GetTimebaseInfo(uint* info);
}
