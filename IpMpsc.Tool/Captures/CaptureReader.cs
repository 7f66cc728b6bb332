using System.Buffers.Binary;
using System.Numerics;
using System.Text;
using IpMpsc.Tool.CommandLine;
using static IpMpsc.Tool.Captures.CaptureFormat;

namespace IpMpsc.Tool.Captures;

/// <summary>Reads a capture and trusts only what its checksums confirm.</summary>
internal sealed class CaptureReader : IDisposable
{
    private readonly FileStream _file;
    private byte[] _buffer = new byte[4096];

    private CaptureReader(FileStream file)
    {
        _file = file;
        Header = ReadHeader();
    }

    public CaptureHeader Header { get; }

    /// <summary>Bytes of the file.</summary>
    public long Length => _file.Length;

    /// <summary>Bytes that were read.</summary>
    public long Position { get; private set; }

    /// <summary>Bytes of the incomplete record at the end, once <see cref="TryRead"/> has returned false.</summary>
    public long IncompleteBytes { get; private set; }

    /// <exception cref="ToolException">The file is not a capture.</exception>
    public static CaptureReader Open(string path)
    {
        FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 1 << 16);
        try
        {
            return new CaptureReader(file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Reads the next record; false at the end of the file or at an incomplete record.</summary>
    /// <exception cref="ToolException">A record other than the last one is damaged.</exception>
    public bool TryRead(out CaptureRecord record)
    {
        record = default;
        long left = Length - Position;
        IncompleteBytes = left;
        if (left < RecordHeaderSize + ChecksumSize)
        {
            return false;
        }

        Fill(0, RecordHeaderSize);
        long size = SizeOf(_buffer);
        if (size > left || size > Array.MaxLength)
        {
            return false;
        }

        Fill(RecordHeaderSize, (int)size - RecordHeaderSize);
        ReadOnlyMemory<byte> bytes = _buffer.AsMemory(0, (int)size);
        if (!IsSealed(bytes.Span))
        {
            throw Damaged($"the record at byte {Position:N0} is damaged; all records before it are intact");
        }

        int flags = BinaryPrimitives.ReadUInt16LittleEndian(bytes.Span[FlagsOffset..]);
        if ((flags & ~TracedFlag) != 0)
        {
            throw Damaged($"the record at byte {Position:N0} has the flags {flags}, which this tool does not know");
        }

        bool isTraced = flags == TracedFlag;
        int channel = BinaryPrimitives.ReadUInt16LittleEndian(bytes.Span[ChannelIndexOffset..]);
        if (channel >= Header.Channels.Count)
        {
            throw Damaged($"the record at byte {Position:N0} is of channel {channel}, and there are {Header.Channels.Count}");
        }

        record = new CaptureRecord(
            new TimeSpan(BinaryPrimitives.ReadInt64LittleEndian(bytes.Span[TimeOffset..]) / TimeSpan.NanosecondsPerTick),
            channel,
            BinaryPrimitives.ReadUInt32LittleEndian(bytes.Span[MissedOffset..]),
            BinaryPrimitives.ReadInt64LittleEndian(bytes.Span[PositionOffset..]),
            BinaryPrimitives.ReadUInt16LittleEndian(bytes.Span[MessageIdOffset..]),
            BinaryPrimitives.ReadUInt16LittleEndian(bytes.Span[SchemaVersionOffset..]),
            isTraced ? CapturedTrace.Read(bytes.Span[^(TraceSize + ChecksumSize)..]) : null,
            bytes[RecordHeaderSize..^(isTraced ? TraceSize + ChecksumSize : ChecksumSize)]);
        Position += size;
        IncompleteBytes = 0;
        return true;
    }

    public void Dispose() => _file.Dispose();

    private CaptureHeader ReadHeader()
    {
        if (Length < HeaderSize + ChecksumSize)
        {
            throw Damaged($"it has {Length:N0} bytes, but the header alone takes {HeaderSize + ChecksumSize:N0}");
        }

        Fill(0, HeaderSize);
        if (BinaryPrimitives.ReadUInt64LittleEndian(_buffer) != Magic)
        {
            throw Damaged("it is not a capture file");
        }

        uint version = BinaryPrimitives.ReadUInt32LittleEndian(_buffer.AsSpan(VersionOffset));
        if (version is < OldestVersion or > CaptureFormat.Version)
        {
            throw Damaged($"it has format version {version}, this tool reads {OldestVersion} to {CaptureFormat.Version}");
        }

        uint length = BinaryPrimitives.ReadUInt32LittleEndian(_buffer.AsSpan(HeaderLengthOffset));
        if (length is < HeaderSize or > int.MaxValue / 2 || length + ChecksumSize > Length)
        {
            throw Damaged("its header is incomplete");
        }

        int size = (int)length + ChecksumSize;
        Fill(HeaderSize, size - HeaderSize);
        ReadOnlySpan<byte> bytes = _buffer.AsSpan(0, size);
        if (!IsSealed(bytes))
        {
            throw Damaged("its header is damaged");
        }

        // A checksum finds accidents. An attacker can compute it, so lengths are checked as well.
        long started = BinaryPrimitives.ReadInt64LittleEndian(bytes[StartedOffset..]);
        if (started < 0 || started > (DateTimeOffset.MaxValue - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond)
        {
            throw Damaged($"no recording began {started:N0} microseconds after 1970");
        }

        uint count = BinaryPrimitives.ReadUInt32LittleEndian(bytes[ChannelCountOffset..]);
        if (count is 0 or > MaxChannels)
        {
            throw Damaged($"no recording has {count:N0} channels");
        }

        ReadOnlySpan<byte> rest = bytes[HeaderSize..^ChecksumSize];
        List<CapturedChannel> channels = [];
        while (channels.Count < count)
        {
            channels.Add(ReadChannel(ref rest));
        }

        Position = size;
        return new CaptureHeader(
            DateTimeOffset.UnixEpoch.AddTicks(started * TimeSpan.TicksPerMicrosecond),
            BinaryPrimitives.ReadInt32LittleEndian(bytes[PartOffset..]),
            channels);
    }

    private CapturedChannel ReadChannel(ref ReadOnlySpan<byte> rest)
    {
        uint nameLength = rest.Length < ChannelSize ? uint.MaxValue : BinaryPrimitives.ReadUInt32LittleEndian(rest);
        uint schemaLength = rest.Length < ChannelSize ? uint.MaxValue : BinaryPrimitives.ReadUInt32LittleEndian(rest[SchemaLengthOffset..]);
        if (nameLength > MaxNameLength || schemaLength > MaxSchemaLength || ChannelSize + nameLength + schemaLength > rest.Length)
        {
            throw Damaged("its header is incomplete");
        }

        long capacity = BinaryPrimitives.ReadInt64LittleEndian(rest[CapacityOffset..]);
        if (!BitOperations.IsPow2(capacity) || capacity is < IpcChannelOptions.MinCapacity or > IpcChannelOptions.MaxCapacity)
        {
            throw Damaged($"no channel has a capacity of {capacity:N0} bytes");
        }

        CapturedChannel channel = new(
            Encoding.UTF8.GetString(rest.Slice(ChannelSize, (int)nameLength)),
            new Guid(rest.Slice(ChannelIdOffset, 16)),
            capacity,
            Encoding.UTF8.GetString(rest.Slice(ChannelSize + (int)nameLength, (int)schemaLength)));
        rest = rest[(ChannelSize + (int)nameLength + (int)schemaLength)..];
        return channel;
    }

    private void Fill(int offset, int count)
    {
        if (_buffer.Length < offset + count)
        {
            Array.Resize(ref _buffer, offset + count);
        }

        _file.ReadExactly(_buffer, offset, count);
    }

    private ToolException Damaged(string problem) => new(ExitCode.BadData, $"'{_file.Name}' cannot be replayed: {problem}.");
}
