using System.Runtime.InteropServices;

namespace IpMpsc.Generators.Tests;

/// <summary>Memory that ends right before an inaccessible page: a read behind it crashes the process.</summary>
internal sealed unsafe partial class GuardedMemory : IDisposable
{
    private const int Capacity = 1 << 16;
    private const int ReadAndWrite = 3;
    private const int PrivateAnonymous = 0x22;

    private readonly byte* _start;

    public GuardedMemory()
    {
        _start = (byte*)Map(null, Capacity + (nuint)Environment.SystemPageSize, ReadAndWrite, PrivateAnonymous, -1, 0);
        Assert.That((nint)_start, Is.Not.EqualTo(-1));
        Assert.That(Protect(_start + Capacity, (nuint)Environment.SystemPageSize, 0), Is.Zero);
    }

    /// <summary>The last bytes before the guard, filled with a copy.</summary>
    public ReadOnlySpan<byte> Hold(ReadOnlySpan<byte> bytes)
    {
        var held = new Span<byte>(_start + Capacity - bytes.Length, bytes.Length);
        bytes.CopyTo(held);
        return held;
    }

    public void Dispose() => Unmap(_start, Capacity + (nuint)Environment.SystemPageSize);

    [LibraryImport("libc", EntryPoint = "mmap")]
    private static partial void* Map(void* address, nuint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "mprotect")]
    private static partial int Protect(void* address, nuint length, int protection);

    [LibraryImport("libc", EntryPoint = "munmap")]
    private static partial int Unmap(void* address, nuint length);
}
