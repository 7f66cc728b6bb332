using System.Runtime.InteropServices;
using IpMpsc.Platform.Unix;

namespace IpMpsc.Platform.Linux;

/// <summary>
/// newfstatat(2), for where a filter of system calls refuses <see cref="Statx"/>. By number, because the kernel's structure is
/// the same in every C library; it differs between the two architectures.
/// </summary>
internal static unsafe class Fstatat
{
    private const int StructureSize = 256;

    private static readonly bool s_arm = RuntimeInformation.ProcessArchitecture == Architecture.Arm64;

    /// <summary>Null, with the last P/Invoke error set, if the kernel refuses.</summary>
    public static FileStatus? Read(int directory, string path, int flags)
    {
        byte* buffer = stackalloc byte[StructureSize];
        nint name = Marshal.StringToCoTaskMemUTF8(path);
        try
        {
            return SystemCall.Invoke(SystemCall.Fstatat, directory, name, (nint)buffer, (void*)flags, 0, 0) == 0 ? Parse(buffer) : null;
        }
        finally
        {
            Marshal.FreeCoTaskMem(name);
        }
    }

    private static FileStatus Parse(byte* buffer) => LinuxFileStatus.Of(
        mode: *(int*)(buffer + (s_arm ? 16 : 24)),
        owner: *(uint*)(buffer + (s_arm ? 24 : 28)),
        group: *(uint*)(buffer + (s_arm ? 28 : 32)),
        inode: *(ulong*)(buffer + 8),
        device: AsStatx(*(ulong*)buffer),
        length: *(long*)(buffer + 48),
        links: s_arm ? *(uint*)(buffer + 20) : (uint)*(ulong*)(buffer + 16),
        blocks: *(long*)(buffer + 64));

    /// <summary>A device's two numbers as statx tells them, so that the answers of both calls can be compared.</summary>
    private static ulong AsStatx(ulong device)
    {
        uint major = (uint)((device >> 8) & 0xFFF) | (uint)((device >> 32) & 0xFFFF_F000);
        uint minor = (uint)(device & 0xFF) | (uint)((device >> 12) & 0xFFFF_FF00);
        return major | ((ulong)minor << 32);
    }
}
