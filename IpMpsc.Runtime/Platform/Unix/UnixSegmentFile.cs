using System.Runtime.InteropServices;
using static IpMpsc.Platform.Unix.LibC;

namespace IpMpsc.Platform.Unix;

/// <summary>
/// A mapped file with open-file-description locks. Process locks would not do: they vanish when any
/// other descriptor of the same file is closed, in the whole process.
/// </summary>
internal sealed unsafe class UnixSegmentFile : SegmentFile
{
    private readonly int _descriptor;
    private readonly FileStatus _status;
    private int _disposed;

    /// <summary>Maps an open descriptor and owns it from then on.</summary>
    public UnixSegmentFile(int descriptor, FileStatus status, bool toRead = false)
    {
        _descriptor = descriptor;
        _status = status;
        Length = status.Length;
        void* address = Map(null, (nuint)Length, toRead ? PROT_READ : PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);
        if ((nint)address == -1)
        {
            throw new ChannelFault(
                FaultKind.File,
                $"The file cannot be mapped ({Length:N0} bytes): {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}. " +
                "The file system may not support shared mappings.");
        }

        Address = (byte*)address;
    }

    public override bool TryLock(long offset, long length) => SetLock(F_WRLCK, offset, length);

    public override void Unlock(long offset, long length) => SetLock(F_UNLCK, offset, length);

    public override bool IsLockedElsewhere(long offset, long length)
    {
        Flock range = new() { Type = F_WRLCK, Start = offset, Length = length };
        // A kernel that will not answer has not reported a death: the owner counts as alive.
        return Control(_descriptor, F_OFD_GETLK, &range) != 0 || range.Type != F_UNLCK;
    }

    public override bool IsNamed(string path) => FileStatus.OfPath(path) is { } other && other.IsSameFile(_status);

    public override void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            Unmap(Address, (nuint)Length);
            Close(_descriptor);
        }
    }

    private bool SetLock(short type, long offset, long length)
    {
        if (TrySetLock(_descriptor, type, offset, length))
        {
            return true;
        }

        int error = Marshal.GetLastPInvokeError();
        return error is EAGAIN or EACCES
            ? false
            : throw new ChannelFault(
                FaultKind.File,
                $"The file cannot be locked: {Marshal.GetPInvokeErrorMessage(error)}. " +
                "The file system may not support locks; choose one on a local disk or in memory.");
    }
}
