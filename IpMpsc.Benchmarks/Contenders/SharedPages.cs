using System.IO.MemoryMappedFiles;

namespace IpMpsc.Benchmarks.Contenders;

/// <summary>Bytes that processes share, page-aligned and initially zero: a mapped file.</summary>
internal sealed unsafe class SharedPages : IDisposable
{
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;

    /// <summary>Maps a file, and creates it if it does not exist.</summary>
    public SharedPages(string path, long length)
    {
        // .NET would lock the file if the handle did not let others write.
        FileStream stream = new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        _file = MemoryMappedFile.CreateFromFile(
            stream, mapName: null, length, MemoryMappedFileAccess.ReadWrite, HandleInheritability.None, leaveOpen: false);
        _view = _file.CreateViewAccessor(0, length);
        byte* address = null;
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref address);
        Address = address;
    }

    public byte* Address { get; }

    public void Dispose()
    {
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _file.Dispose();
    }
}
