using System.Diagnostics;

namespace IpMpsc.Tool.Captures;

/// <summary>A recording of channels with one clock, in one file or in parts. Can be written to from several threads.</summary>
internal sealed class Recording : IDisposable
{
    private readonly Lock _gate = new();
    private readonly string _file;
    private readonly IReadOnlyList<CapturedChannel> _channels;
    private readonly Rotation _rotation;
    private readonly bool _overwrite;
    private readonly DateTimeOffset _started = DateTimeOffset.UtcNow;
    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly long[] _messages;
    private readonly long[] _missed;
    private CaptureWriter _writer;
    private TimeSpan _partStarted;
    private int _part;

    /// <exception cref="CommandLine.ToolException">The file exists already, and must not be replaced.</exception>
    public Recording(string file, IReadOnlyList<CapturedChannel> channels, Rotation rotation, bool overwrite)
    {
        (_file, _channels, _rotation, _overwrite) = (file, channels, rotation, overwrite);
        _messages = new long[channels.Count];
        _missed = new long[channels.Count];
        _part = rotation.IsUsed ? 1 : 0;
        _writer = Create();
    }

    /// <summary>What was recorded.</summary>
    public MessageTally Tally { get; } = new();

    /// <summary>How long it has been going on.</summary>
    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(_start);

    /// <summary>The file that is written now.</summary>
    public string CurrentFile => _part == 0 ? _file : PartNames.Of(_file, _part);

    /// <summary>How many files were begun.</summary>
    public int Files => Math.Max(1, _part);

    public long MessagesOf(int channel) => Volatile.Read(ref _messages[channel]);

    public long MissedOf(int channel) => Volatile.Read(ref _missed[channel]);

    /// <summary>Appends a message, unless the limit is reached.</summary>
    /// <param name="channel">The index of its channel.</param>
    /// <param name="missed">Messages of that channel before it that could not be read.</param>
    /// <param name="position">Its position there.</param>
    /// <param name="messageId">The id of its type.</param>
    /// <param name="schemaVersion">The version of its type.</param>
    /// <param name="trace">What its sender sent along, if it did.</param>
    /// <param name="payload">Its bytes.</param>
    /// <param name="limit">How many messages the recording may have.</param>
    /// <returns>Whether it was written.</returns>
    public bool TryWrite(
        int channel, long missed, long position, ushort messageId, ushort schemaVersion, in MessageTrace? trace, ReadOnlySpan<byte> payload, long limit)
    {
        lock (_gate)
        {
            if (Tally.Messages >= limit)
            {
                return false;
            }

            TimeSpan time = Elapsed;
            CapturedTrace? captured = trace is { } sent ? new CapturedTrace(Stopwatch.GetElapsedTime(_start, sent.SentTimestamp), sent.Context) : null;
            if (IsFull(time, CaptureFormat.SizeOf(payload.Length, captured is not null)))
            {
                Rotate(time);
            }

            _writer.Write(new CaptureRecord(time, channel, (uint)Math.Min(missed, uint.MaxValue), position, messageId, schemaVersion, captured, default), payload);
            _messages[channel]++;
            _missed[channel] += missed;
            Tally.Add(payload.Length);
            return true;
        }
    }

    public void Dispose() => _writer.Dispose();

    private bool IsFull(TimeSpan time, long size) =>
        _rotation.IsUsed && _writer.HasRecords
        && (time - _partStarted >= (_rotation.Time ?? TimeSpan.MaxValue) || size > (_rotation.Size ?? long.MaxValue) - _writer.Length);

    private void Rotate(TimeSpan time)
    {
        _writer.Dispose();
        _part++;
        _partStarted = time;
        _writer = Create();
        if (_rotation.Keep is { } keep && _part > keep)
        {
            File.Delete(PartNames.Of(_file, _part - keep));
        }
    }

    private CaptureWriter Create() => CaptureWriter.Create(CurrentFile, new CaptureHeader(_started, _part, _channels), _overwrite);
}
