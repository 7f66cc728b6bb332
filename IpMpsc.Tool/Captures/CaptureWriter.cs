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

    /// <summary>Appends a message.</summary>
    /// <param name="time">When it was received, since the recording began.</param>
    /// <param name="position">Its position in its channel.</param>
    /// <param name="messageId">The id of its type.</param>
    /// <param name="schemaVersion">The version of its type.</param>
    /// <param name="payload">Its bytes.</param>
    public void Write(TimeSpan time, long position, ushort messageId, ushort schemaVersion, ReadOnlySpan<byte> payload)
    {
        Span<byte> bytes = Take(RecordHeaderSize + payload.Length + ChecksumSize);
        BinaryPrimitives.WriteInt32LittleEndian(bytes, payload.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes[MessageIdOffset..], messageId);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes[SchemaVersionOffset..], schemaVersion);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[TimeOffset..], time.Ticks * TimeSpan.NanosecondsPerTick);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[PositionOffset..], position);
        payload.CopyTo(bytes[RecordHeaderSize..]);
        Seal(bytes);
        _file.Write(bytes);
    }

    public void Dispose() => _file.Dispose();

    private void Write(CaptureHeader header)
    {
        byte[] name = Encoding.UTF8.GetBytes(header.Channel);
        byte[] schema = Encoding.UTF8.GetBytes(header.Schema);
        Span<byte> bytes = Take(HeaderSize + name.Length + schema.Length + ChecksumSize);
        bytes.Clear();
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, Magic);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[VersionOffset..], CaptureFormat.Version);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[NameLengthOffset..], name.Length);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[SchemaLengthOffset..], schema.Length);
        long started = (header.Started - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
        BinaryPrimitives.WriteInt64LittleEndian(bytes[StartedOffset..], started);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[CapacityOffset..], header.Capacity);
        header.ChannelId.TryWriteBytes(bytes[ChannelIdOffset..]);
        name.CopyTo(bytes[HeaderSize..]);
        schema.CopyTo(bytes[(HeaderSize + name.Length)..]);
        Seal(bytes);
        _file.Write(bytes);
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
