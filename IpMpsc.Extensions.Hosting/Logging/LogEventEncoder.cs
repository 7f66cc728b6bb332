using System.Buffers.Binary;
using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace IpMpsc.Extensions.Hosting.Logging;

/// <summary>
/// Makes the payload of a <see cref="LogEvent"/> part by part, in buffers that are used again. Each thread has
/// one; a value that logs while it is being logged gets another one for that time.
/// </summary>
internal sealed class LogEventEncoder
{
    /// <summary>The name under which a state hands out its template.</summary>
    public const string OriginalFormat = "{OriginalFormat}";

    [ThreadStatic]
    private static LogEventEncoder? t_encoder;

    private readonly Utf8Buffer _payload = new();
    private readonly FieldList _scopes = new();
    private int _mostBytes;
    private bool _isTruncated;

    /// <summary>The values that were added.</summary>
    public FieldList Fields { get; } = new();

    /// <summary>Whether texts need not be shortened.</summary>
    public bool CanAddWhole => _mostBytes == int.MaxValue;

    /// <summary>The payload that was made last.</summary>
    public ReadOnlySpan<byte> Payload => _payload.Written;

    public static LogEventEncoder Rent()
    {
        LogEventEncoder encoder = t_encoder ?? new LogEventEncoder();
        t_encoder = null;
        return encoder;
    }

    public static void Return(LogEventEncoder encoder)
    {
        encoder.Fields.ForgetValues();
        encoder._scopes.ForgetValues();
        t_encoder = encoder;
    }

    /// <summary>Sets how many bytes each text of the event may have from now on, and forgets what was written.</summary>
    public void ShortenTo(int mostBytes)
    {
        _mostBytes = mostBytes;
        _isTruncated = !CanAddWhole;
    }

    /// <summary>Begins an event, with everything that stands before its values.</summary>
    public void Begin(LogOrigin origin, LogLevel level, EventId eventId, long dropped)
    {
        _payload.Clear();
        Fields.Clear();
        _scopes.Clear();
        _payload.AppendZeros(LogEventLayout.Size);
        WriteNumbers(level, eventId.Id, dropped);
        WriteText(LogEventLayout.Application, origin.Application);
        WriteText(LogEventLayout.Category, origin.Category);
        if (eventId.Name is { } name)
        {
            WriteText(LogEventLayout.EventName, name);
        }
    }

    /// <summary>Adds a named value.</summary>
    public void AddField(KeyValuePair<string, object?> value) => _isTruncated |= !Fields.Add(value.Key, value.Value, _mostBytes);

    /// <summary>Writes the message from the template and the values that were added; false if a value of the template is missing.</summary>
    public bool TryRender(LogTemplate template)
    {
        int start = _payload.Length;
        for (int index = 0; index < template.Holes.Length; index++)
        {
            ref readonly LogTemplate.Hole hole = ref template.Holes[index];
            int field = Fields.IndexOf(hole.Name, index);
            if (field < 0)
            {
                _payload.Truncate(start);
                return false;
            }

            _payload.Append(hole.Before);
            Fields.AppendTo(_payload, field, hole);
        }

        _payload.Append(template.Tail);
        _isTruncated |= _payload.Cut(start, _mostBytes);
        PutRange(LogEventLayout.Message, start);
        return true;
    }

    /// <summary>Writes a message that the logger's own formatter has made.</summary>
    public void WriteMessage(string message) => WriteText(LogEventLayout.Message, message);

    /// <summary>Writes everything that stands behind the message.</summary>
    public void End(LogTemplate? template, Exception? exception, IExternalScopeProvider? scopes)
    {
        if (template is { Utf8.Length: > 0 })
        {
            WriteText(LogEventLayout.Template, template.Utf8);
        }

        Activity? activity = Activity.Current;
        if (activity is { IdFormat: ActivityIdFormat.W3C })
        {
            WriteText(LogEventLayout.TraceId, activity.TraceId.ToHexString());
            WriteText(LogEventLayout.SpanId, activity.SpanId.ToHexString());
        }

        if (exception is not null)
        {
            WriteText(LogEventLayout.Exception, exception.ToString());
        }

        Fields.WriteTo(_payload, LogEventLayout.Fields);
        scopes?.ForEachScope(static (scope, self) => self.CollectScope(scope), this);
        _scopes.WriteTo(_payload, LogEventLayout.Scopes);
        _payload[LogEventLayout.IsTruncated, 1][0] = _isTruncated ? (byte)1 : (byte)0;
    }

    private void WriteNumbers(LogLevel level, int eventId, long dropped)
    {
        Span<byte> block = _payload[0, LogEventLayout.Size];
        long time = (DateTime.UtcNow - DateTime.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick;
        BinaryPrimitives.WriteInt64LittleEndian(block[LogEventLayout.TimeUnixNano..], time);
        BinaryPrimitives.WriteInt64LittleEndian(block[LogEventLayout.Dropped..], dropped);
        BinaryPrimitives.WriteInt32LittleEndian(block[LogEventLayout.Level..], (int)level);
        BinaryPrimitives.WriteInt32LittleEndian(block[LogEventLayout.EventId..], eventId);
        BinaryPrimitives.WriteInt32LittleEndian(block[LogEventLayout.ProcessId..], Environment.ProcessId);
        BinaryPrimitives.WriteInt32LittleEndian(block[LogEventLayout.ThreadId..], Environment.CurrentManagedThreadId);
    }

    /// <summary>A scope is a set of named values, or a text. The ids of the trace have fields of their own.</summary>
    private void CollectScope(object? scope)
    {
        if (scope is IReadOnlyList<KeyValuePair<string, object?>> values)
        {
            for (int index = 0; index < values.Count; index++)
            {
                CollectScopeValue(values[index]);
            }
        }
        else if (scope is IEnumerable<KeyValuePair<string, object?>> pairs)
        {
            foreach (KeyValuePair<string, object?> pair in pairs)
            {
                CollectScopeValue(pair);
            }
        }
        else
        {
            _isTruncated |= !_scopes.Add("", scope?.ToString(), _mostBytes);
        }
    }

    private void CollectScopeValue(KeyValuePair<string, object?> value)
    {
        if (value.Key is not (OriginalFormat or "TraceId" or "SpanId"))
        {
            _isTruncated |= !_scopes.Add(value.Key, value.Value, _mostBytes);
        }
    }

    private void WriteText(int range, ReadOnlySpan<char> text)
    {
        int start = _payload.Length;
        _isTruncated |= !_payload.Append(text, _mostBytes);
        PutRange(range, start);
    }

    private void WriteText(int range, ReadOnlySpan<byte> utf8)
    {
        int start = _payload.Length;
        _payload.Append(utf8);
        PutRange(range, start);
    }

    private void PutRange(int range, int start) =>
        FieldList.Put(_payload[range, LogEventLayout.Range], start, _payload.Length - start);
}
