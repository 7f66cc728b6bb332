using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;
using static IpMpsc.Platform.Windows.Kernel32;

namespace IpMpsc.Platform.Windows;

/// <summary>
/// A mapped file with the byte-range locks of its handle. The handle is a synchronous one, cannot be
/// inherited and is used for nothing else: with it the locks go, whichever way the process ends.
/// </summary>
/// <remarks>
/// Windows cannot be asked whether a range is locked, so looking is a brief lock of its own, a shared
/// one: two who look do not disturb each other, and who wants the exclusive lock tells those who merely
/// look from an owner by taking a shared lock as well.
/// </remarks>
[SupportedOSPlatform("windows")]
internal sealed unsafe class WindowsSegmentFile : SegmentFile
{
    /// <summary>For how long one who wants a lock makes way for those who look, in milliseconds; one of them could be paused.</summary>
    private const long Patience = 1_000;

    private readonly SafeFileHandle _handle;
    private readonly FileIdentity? _identity;

    // Unlike the locks of a Linux description, those of a handle exclude each other and cannot be split.
    private readonly List<(long Offset, long Length)> _held = [];
    private int _disposed;

    /// <summary>Maps the whole file, perhaps to read only, and owns the handle from then on; not if it throws.</summary>
    public WindowsSegmentFile(SafeFileHandle handle, long length, bool toRead = false)
    {
        _handle = handle;
        _identity = FileIdentity.Of(handle);
        Length = length;

        // The mapping object lives on in the view.
        nint mapping = CreateMapping(handle, null, toRead ? PAGE_READONLY : PAGE_READWRITE, 0, 0, null);
        void* address = mapping == 0 ? null : MapView(mapping, toRead ? FILE_MAP_READ : FILE_MAP_READ_WRITE, 0, 0, (nuint)length);
        int error = Marshal.GetLastPInvokeError();
        if (mapping != 0)
        {
            Close(mapping);
        }

        if (address == null)
        {
            throw new ChannelFault(
                FaultKind.File,
                $"The file cannot be mapped ({length:N0} bytes): {ChannelFault.Reason(error)}. " +
                "The file system may not support shared mappings.");
        }

        Address = (byte*)address;
    }

    /// <summary>Whether the handle could be locked; before there is a mapping.</summary>
    public static bool TryLockByte(SafeFileHandle handle, long offset) =>
        TrySetLock(handle, LOCKFILE_EXCLUSIVE_LOCK, offset, 1);

    public override bool TryLock(long offset, long length)
    {
        lock (_held)
        {
            if (IsHeld(offset, length))
            {
                return true;
            }

            // Invariant: who goes round again has met somebody who merely looked, or wants the lock as we do.
            long end = Environment.TickCount64 + Patience;
            while (!TrySetLock(_handle, LOCKFILE_EXCLUSIVE_LOCK, offset, length))
            {
                if (!TryShare(offset, length) || Environment.TickCount64 > end)
                {
                    return false;
                }

                Thread.Yield();
            }

            _held.Add((offset, length));
            return true;
        }
    }

    public override void Unlock(long offset, long length)
    {
        lock (_held)
        {
            // A part of what was locked at once stays locked until the file is closed, which follows.
            if (_held.Remove((offset, length)))
            {
                Drop(offset, length);
            }
        }
    }

    public override bool IsLockedElsewhere(long offset, long length)
    {
        lock (_held)
        {
            // Our own locks are in the way of our own look, so it goes around them.
            long end = offset + length;
            foreach ((long from, long count) in _held.Where(range => range.Offset < end && range.Offset + range.Length > offset).Order())
            {
                if (from > offset && !LooksFree(offset, from - offset))
                {
                    return true;
                }

                offset = Math.Max(offset, from + count);
            }

            return offset < end && !LooksFree(offset, end - offset);
        }
    }

    public override bool IsNamed(string path) => WindowsFile.IsNamed(_identity, path);

    /// <summary>Notes a lock that was taken before there was a mapping.</summary>
    public void AdoptLock(long offset) => _held.Add((offset, 1));

    public override void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            UnmapView(Address);

            // Closing would drop them too, but not necessarily before it returns.
            _held.ForEach(range => Drop(range.Offset, range.Length));
            _handle.Dispose();
        }
    }

    private bool IsHeld(long offset, long length) =>
        _held.Exists(range => range.Offset <= offset && offset + length <= range.Offset + range.Length);

    /// <summary>Looks whether nobody else holds an exclusive lock in the range.</summary>
    private bool TryShare(long offset, long length)
    {
        bool free = TrySetLock(_handle, 0, offset, length);
        if (free)
        {
            Drop(offset, length);
        }

        return free;
    }

    /// <summary>As <see cref="TryShare"/>. A system that will not answer has not reported a death.</summary>
    private bool LooksFree(long offset, long length)
    {
        try
        {
            return TryShare(offset, length);
        }
        catch (ChannelFault)
        {
            return false;
        }
    }

    private void Drop(long offset, long length)
    {
        NativeOverlapped at = At(offset);
        UnlockFile(_handle, 0, (uint)length, (uint)(length >> 32), &at);
    }

    private static bool TrySetLock(SafeFileHandle handle, uint kind, long offset, long length)
    {
        NativeOverlapped at = At(offset);
        if (LockFile(handle, kind | LOCKFILE_FAIL_IMMEDIATELY, 0, (uint)length, (uint)(length >> 32), &at))
        {
            return true;
        }

        int error = Marshal.GetLastPInvokeError();
        return error == ERROR_LOCK_VIOLATION
            ? false
            : throw new ChannelFault(
                FaultKind.File,
                $"The file cannot be locked: {ChannelFault.Reason(error)}. " +
                "The file system may not support locks; choose one on a local disk.");
    }

    private static NativeOverlapped At(long offset) => new() { OffsetLow = (int)offset, OffsetHigh = (int)(offset >> 32) };
}
