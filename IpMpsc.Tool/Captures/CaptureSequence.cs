using IpMpsc.Tool.CommandLine;

namespace IpMpsc.Tool.Captures;

/// <summary>Reads a recording: a file and, if it is a part of several, the parts behind it.</summary>
internal sealed class CaptureSequence : IDisposable
{
    private readonly string[] _files;
    private CaptureReader _reader;
    private int _index;
    private long _before;
    private long _incomplete;

    private CaptureSequence(CaptureReader first, string[] files, long length)
    {
        _reader = first;
        _files = files;
        Header = first.Header;
        Length = length;
    }

    /// <summary>The header of the first file.</summary>
    public CaptureHeader Header { get; }

    /// <summary>Bytes of all files.</summary>
    public long Length { get; }

    /// <summary>Bytes that were read.</summary>
    public long Position => _before + _reader.Position;

    /// <summary>Bytes of incomplete records at the ends of files, as far as they were read.</summary>
    public long IncompleteBytes => _incomplete + _reader.IncompleteBytes;

    /// <exception cref="ToolException">The file is not a capture.</exception>
    public static CaptureSequence Open(string file)
    {
        CaptureReader reader = CaptureReader.Open(file);
        List<string> files = [file];
        long length = reader.Length;
        for (int part = reader.Header.Part; part > 0 && PartNames.Next(files[^1], part) is { } next && File.Exists(next); part++)
        {
            using CaptureReader other = CaptureReader.Open(next);
            if (other.Header.Started != reader.Header.Started || other.Header.Part != part + 1 || !other.Header.Channels.SequenceEqual(reader.Header.Channels))
            {
                break; // A file of an earlier recording.
            }

            files.Add(next);
            length += other.Length;
        }

        return new CaptureSequence(reader, [.. files], length);
    }

    /// <summary>Reads the next message; false at the end of the last file.</summary>
    /// <exception cref="ToolException">A record other than the last one of its file is damaged.</exception>
    public bool TryRead(out CaptureRecord record)
    {
        while (!_reader.TryRead(out record))
        {
            if (_index + 1 == _files.Length)
            {
                return false;
            }

            _before += _reader.Length;
            _incomplete += _reader.IncompleteBytes;
            _reader.Dispose();
            _reader = CaptureReader.Open(_files[++_index]);
        }

        return true;
    }

    public void Dispose() => _reader.Dispose();
}
