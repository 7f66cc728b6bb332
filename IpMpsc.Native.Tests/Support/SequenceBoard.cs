using System.IO.MemoryMappedFiles;

namespace IpMpsc.Native.Tests.Support;

/// <summary>The sequence number that is due from each sender, in a file that one receiving process after another uses.</summary>
internal sealed class SequenceBoard : IDisposable
{
    private const int Senders = 64;

    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;

    public SequenceBoard(string path)
    {
        Path = path;
        _file = MemoryMappedFile.CreateFromFile(path, FileMode.CreateNew, null, Senders * sizeof(long));
        _view = _file.CreateViewAccessor();
    }

    public string Path { get; }

    /// <summary>Messages of all senders together.</summary>
    public long Sum => Enumerable.Range(0, Senders).Sum(sender => this[sender]);

    public long this[int sender]
    {
        get => _view.ReadInt64(sender * sizeof(long));
        set => _view.Write(sender * sizeof(long), value);
    }

    public void Dispose()
    {
        _view.Dispose();
        _file.Dispose();
    }
}
