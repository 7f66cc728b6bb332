using System.Buffers.Binary;
using System.Text;
using IpMpsc.Tool.CommandLine;
using static IpMpsc.Tool.Captures.CaptureFormat;

namespace IpMpsc.Tool.Captures;

/// <summary>
/// Writes a capture. Each record goes to the system in one piece before its message is released: if the recorder
/// is killed, every message is in the file or still in the channel.
/// </summary>
internal sealed class CaptureWriter : IDisposable
{
    private readonly FileStream _file;
    private byte[] _buffer = new byte[4096];

    private CaptureWriter(FileStream file) => _file = file;

    /// <summary>Creates a file that only its user can read, because messages may be confidential.</summary>
    public static CaptureWriter Create(string path, CaptureHeader header, bool overwrite)
    {
        FileStreamOptions options = new()
        {
            Mode = overwrite ? FileMode.Create : FileMode.CreateNew,
            Access = FileAccess.Write,
            Share = FileShare.Read,
            BufferSize = 0,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        if (!overwrite && File.Exists(path))
        {
            throw new ToolException(ExitCode.NotAllowed, $"'{path}' already exists. Use --force to replace it.");
        }

        CaptureWriter writer = new(new FileStream(path, options));
        writer.Write(header);
        return writer;
    }

    /// <summary>Bytes of the file.</summary>
    public long Length { get; private set; }

    /// <summary>Whether a message was written.</summary>
    public bool HasRecords { get; private set; }

    /// <summary>Appends a message.</summary>
    /// <param name="record">The message, without its bytes.</param>
    /// <param name="payload">Its bytes.</param>
    public void Write(in CaptureRecord record, ReadOnlySpan<byte> payload)
    {
        Span<byte> bytes = Take((int)SizeOf(payload.Length, record.Trace is not null));
        bytes[..RecordHeaderSize].Clear();
        BinaryPrimitives.WriteInt32LittleEndian(bytes, payload.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes[MessageIdOffset..], record.MessageId);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes[SchemaVersionOffset..], record.SchemaVersion);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[TimeOffset..], record.Time.Ticks * TimeSpan.NanosecondsPerTick);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[PositionOffset..], record.Position);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes[ChannelIndexOffset..], (ushort)record.Channel);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[MissedOffset..], record.Missed);
        payload.CopyTo(bytes[RecordHeaderSize..]);
        if (record.Trace is { } trace)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(bytes[FlagsOffset..], TracedFlag);
            trace.Write(bytes.Slice(RecordHeaderSize + payload.Length, TraceSize));
        }

        HasRecords = true;
        Append(bytes);
    }

    public void Dispose() => _file.Dispose();

    private void Write(CaptureHeader header)
    {
        (byte[] Name, byte[] Schema)[] texts = [.. header.Channels.Select(static channel => (Encoding.UTF8.GetBytes(channel.Name), Encoding.UTF8.GetBytes(channel.Schema)))];
        int length = HeaderSize + texts.Sum(static text => ChannelSize + text.Name.Length + text.Schema.Length);
        Span<byte> bytes = Take(length + ChecksumSize);
        bytes.Clear();
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, Magic);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[VersionOffset..], CaptureFormat.Version);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[HeaderLengthOffset..], length);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[ChannelCountOffset..], header.Channels.Count);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[PartOffset..], header.Part);
        long started = (header.Started - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
        BinaryPrimitives.WriteInt64LittleEndian(bytes[StartedOffset..], started);
        int at = HeaderSize;
        for (int index = 0; index < texts.Length; index++)
        {
            (byte[] name, byte[] schema) = texts[index];
            Span<byte> channel = bytes[at..];
            BinaryPrimitives.WriteInt32LittleEndian(channel, name.Length);
            BinaryPrimitives.WriteInt32LittleEndian(channel[SchemaLengthOffset..], schema.Length);
            BinaryPrimitives.WriteInt64LittleEndian(channel[CapacityOffset..], header.Channels[index].Capacity);
            header.Channels[index].Id.TryWriteBytes(channel[ChannelIdOffset..]);
            name.CopyTo(channel[ChannelSize..]);
            schema.CopyTo(channel[(ChannelSize + name.Length)..]);
            at += ChannelSize + name.Length + schema.Length;
        }

        Append(bytes);
    }

    private void Append(Span<byte> bytes)
    {
        Seal(bytes);
        _file.Write(bytes);
        Length += bytes.Length;
    }

    private Span<byte> Take(int length)
    {
        if (_buffer.Length < length)
        {
            _buffer = new byte[Math.Max(length, Math.Min(2L * _buffer.Length, Array.MaxLength))];
        }

        return _buffer.AsSpan(0, length);
    }
}
