using System.Runtime.InteropServices;

namespace IpMpsc.Platform.Linux;

/// <summary>
/// System calls that the C library does not wrap, or wraps with structures that differ between
/// libraries: called by number, so that glibc, musl and bionic are all the same.
/// </summary>
internal static unsafe partial class SystemCall
{
    private static readonly bool s_arm = RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => false,
        Architecture.Arm64 => true,
        var other => throw new PlatformNotSupportedException($"IpMpsc knows the system calls of x64 and Arm64, not of {other}."),
    };

    public static nint Futex => s_arm ? 98 : 202;

    public static nint Membarrier => s_arm ? 283 : 324;

    public static nint Statx => s_arm ? 291 : 332;

    /// <summary>renameat2, which takes flags.</summary>
    public static nint RenameAt => s_arm ? 276 : 316;

    /// <summary>One number on every architecture, as all that are newer than 2019.</summary>
    public static nint FutexWaitV => 449;

    /// <summary>Returns -1 with the last P/Invoke error set where the kernel refuses.</summary>
    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    public static partial nint Invoke(nint number, nint a, nint b, nint c, void* d, nint e, nint f);
}
