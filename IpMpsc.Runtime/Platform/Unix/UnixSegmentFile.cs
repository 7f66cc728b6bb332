using System.Runtime.InteropServices;
using static IpMpsc.Platform.Unix.LibC;

namespace IpMpsc.Platform.Unix;

/// <summary>
/// A mapped file with open-file-description locks. Process locks would not do: a process loses all its locks on a file
/// when it closes any descriptor of that file.
/// </summary>
internal sealed unsafe class UnixSegmentFile : SegmentFile
{
    private readonly UnixCalls _system;
    private readonly FileStatus _status;
    private int _disposed;

    /// <summary>Maps an open descriptor and owns it from then on, unless it throws.</summary>
    public UnixSegmentFile(UnixCalls system, int descriptor, FileStatus status, string path, bool toRead = false)
    {
        _system = system;
        _status = status;
        Descriptor = descriptor;
        Length = status.Length;
        void* address = Map(null, (nuint)Length, toRead ? PROT_READ : PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);
        if ((nint)address == -1)
        {
            throw SegmentStore.MappingFailed(path, Length, UnixFailure.MappingReason(Marshal.GetLastPInvokeError()));
        }

        Address = (byte*)address;
        system.KeepFromChildren(Address, Length);
    }

    /// <summary>The open file description.</summary>
    public int Descriptor { get; }

    public override bool IsRemoved => _system.StatusOf(Descriptor) is { Links: 0 };

    public override bool TryLock(long offset, long length) => TryLock(_system, Descriptor, offset, length);

    /// <summary>Ignores a failure: a kernel without memory to split a lock drops it when the file is closed.</summary>
    public override void Unlock(long offset, long length) => _system.TrySetLock(Descriptor, locked: false, offset, length);

    public override bool IsLockedElsewhere(long offset, long length) => _system.IsLockedElsewhere(Descriptor, offset, length);

    public override bool IsNamed(string path) => _system.StatusOf(path) is { } other && other.IsSameFile(_status);

    public override void Prefault(long length)
    {
        int error = _system.Populate(Address, length);
        if (error == EINVAL)
        {
            TouchPages(length);
        }
        else if (error != 0)
        {
            // Touching a page that cannot be had would kill the process.
            throw new ChannelFault(
                FaultKind.File,
                $"The pages of '{Path}' ({length:N0} bytes) cannot all be mapped ahead: {ChannelFault.Reason(error)}. " +
                $"Free some memory or some space of its file system, or leave IpcChannelOptions.Prefault unset.");
        }
    }

    public override void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            Unmap(Address, (nuint)Length);
            Close(Descriptor);
        }
    }

    /// <summary>Takes an exclusive lock; false if another description holds one in the range.</summary>
    /// <exception cref="ChannelFault">The file cannot be locked at all; trying again does not help.</exception>
    public static bool TryLock(UnixCalls system, int descriptor, long offset, long length)
    {
        if (system.TrySetLock(descriptor, locked: true, offset, length))
        {
            return true;
        }

        int error = Marshal.GetLastPInvokeError();
        return error == system.EAGAIN || error == EACCES
            ? false
            : throw new ChannelFault(
                FaultKind.File,
                $"The file cannot be locked: {ChannelFault.Reason(error)}. " +
                $"The file system may not support locks; choose one on a local disk or in memory.");
    }
}
