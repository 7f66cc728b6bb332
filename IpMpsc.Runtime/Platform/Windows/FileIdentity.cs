using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;
using static IpMpsc.Platform.Windows.Kernel32;

namespace IpMpsc.Platform.Windows;

/// <summary>Identifies a file on this machine, whatever its name: FILE_ID_INFO.</summary>
[SupportedOSPlatform("windows")]
internal readonly record struct FileIdentity(ulong Volume, UInt128 File)
{
    /// <summary>Null if the file system has no identities.</summary>
    public static unsafe FileIdentity? Of(SafeFileHandle file)
    {
        ulong* info = stackalloc ulong[3];
        return GetFileInformation(file, FileInformation.Id, info, 3 * sizeof(ulong))
            ? new FileIdentity(info[0], new UInt128(info[2], info[1]))
            : null;
    }
}
