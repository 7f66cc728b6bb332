using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;
using static IpMpsc.Platform.Windows.Kernel32;

namespace IpMpsc.Platform.Windows;

/// <summary>
/// A mapped file with the byte-range locks of its handle. The handle is synchronous, is not inherited and has no other
/// use: the locks vanish with it, however the process ends.
/// </summary>
/// <remarks>
/// Windows has no call that tells whether a range is locked, so looking means taking a shared lock for a moment. Two
/// lookers do not disturb each other. A process that wants the exclusive lock tells a looker from an owner by taking
/// a shared lock as well.
/// </remarks>
[SupportedOSPlatform("windows")]
internal sealed unsafe class WindowsSegmentFile : SegmentFile
{
    /// <summary>For how many milliseconds an attempt to lock yields to lookers, one of which could be paused.</summary>
    private const long Patience = 1_000;

    private readonly SafeFileHandle _handle;
    private readonly FileIdentity? _identity;

    // Unlike the locks of a Linux description, the locks of a handle exclude each other and cannot be split.
    private readonly List<(long Offset, long Length)> _held = [];
    private IReadOnlyList<string>? _writers;
    private int _disposed;

    /// <summary>Maps the whole file and owns the handle from then on, unless it throws.</summary>
    public WindowsSegmentFile(SafeFileHandle handle, long length, string path, bool toRead = false)
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
            throw SegmentStore.MappingFailed(path, length, $"{ChannelFault.Reason(error)}.");
        }

        Address = (byte*)address;
    }

    /// <summary>Locks a byte of a handle that is not mapped yet; false if another handle holds it.</summary>
    public static bool TryLockByte(SafeFileHandle handle, long offset) =>
        TrySetLock(handle, LOCKFILE_EXCLUSIVE_LOCK, offset, 1);

    /// <summary>Whether no other handle holds a byte, by a shared lock for a moment. False if the system does not answer.</summary>
    public static bool LooksFreeAt(SafeFileHandle handle, long offset)
    {
        try
        {
            return TryShare(handle, offset, 1);
        }
        catch (ChannelFault)
        {
            return false;
        }
    }

    public override bool TryLock(long offset, long length)
    {
        lock (_held)
        {
            if (IsHeld(offset, length))
            {
                return true;
            }

            // Invariant: each further round has met a looker, or another process that wants the lock, too.
            long end = Environment.TickCount64 + Patience;
            while (!TrySetLock(_handle, LOCKFILE_EXCLUSIVE_LOCK, offset, length))
            {
                if (!TryShare(_handle, offset, length) || Environment.TickCount64 > end)
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
            // A part of a range that was locked at once stays locked until the file is closed, which follows.
            if (_held.Remove((offset, length)))
            {
                Drop(_handle, offset, length);
            }
        }
    }

    public override bool IsLockedElsewhere(long offset, long length)
    {
        lock (_held)
        {
            // Our own locks would block our own look, so it goes around them.
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

    /// <summary>The events of the channel have access lists of their own, which follow that of the file.</summary>
    public override IReadOnlyList<string> Writers => _writers ??= WindowsFile.WritersOf(_handle);

    public override bool IsRemoved => WindowsFile.IsRemoved(_handle);

    public override bool IsNamed(string path) => WindowsFile.IsNamed(_identity, path);

    /// <summary>Records a lock that was taken before there was a mapping.</summary>
    public void AdoptLock(long offset) => _held.Add((offset, 1));

    public override void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            UnmapView(Address);

            // Closing drops them, too, but not necessarily before it returns.
            _held.ForEach(range => Drop(_handle, range.Offset, range.Length));
            _handle.Dispose();
        }
    }

    private bool IsHeld(long offset, long length) =>
        _held.Exists(range => range.Offset <= offset && offset + length <= range.Offset + range.Length);

    /// <summary>Whether no other handle holds an exclusive lock in the range.</summary>
    private static bool TryShare(SafeFileHandle handle, long offset, long length)
    {
        bool free = TrySetLock(handle, 0, offset, length);
        if (free)
        {
            Drop(handle, offset, length);
        }

        return free;
    }

    /// <summary>As <see cref="TryShare"/>, but false if the system does not answer: that is no report of a death.</summary>
    private bool LooksFree(long offset, long length)
    {
        try
        {
            return TryShare(_handle, offset, length);
        }
        catch (ChannelFault)
        {
            return false;
        }
    }

    private static void Drop(SafeFileHandle handle, long offset, long length)
    {
        NativeOverlapped at = At(offset);
        UnlockFile(handle, 0, (uint)length, (uint)(length >> 32), &at);
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
                $"The file system may not support locks; choose one on a local disk.");
    }

    private static NativeOverlapped At(long offset) => new() { OffsetLow = (int)offset, OffsetHigh = (int)(offset >> 32) };
}
