using System.Buffers.Binary;
using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace IpMpsc.Extensions.Hosting.Logging;

/// <summary>
/// Makes the payload of a <see cref="LogEvent"/> from what a logger is given, in buffers that are used again. Each thread has
/// one; a value that logs while it is being logged gets another one for that time.
/// </summary>
internal sealed class LogEventEncoder
{
    /// <summary>The name under which a state hands out its template.</summary>
    private const string OriginalFormat = "{OriginalFormat}";

    [ThreadStatic]
    private static LogEventEncoder? t_encoder;

    private readonly Utf8Buffer _payload = new();
    private readonly FieldList _fields = new();
    private readonly FieldList _scopes = new();
    private int _mostBytes;
    private bool _isTruncated;

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
        encoder._fields.ForgetValues();
        encoder._scopes.ForgetValues();
        t_encoder = encoder;
    }

    /// <summary>Makes the payload of an event.</summary>
    /// <param name="origin">Who logs.</param>
    /// <param name="entry">What is logged.</param>
    /// <param name="scopes">The open scopes; null to leave them out.</param>
    /// <param name="dropped">How many events were dropped before.</param>
    /// <param name="largest">The most bytes that the payload may have.</param>
    /// <returns>False if even the shortened event is larger.</returns>
    public bool TryEncode<TState>(
        LogOrigin origin, in LogEntry<TState> entry, IExternalScopeProvider? scopes, long dropped, int largest)
    {
        _isTruncated = false;
        _mostBytes = int.MaxValue;
        Encode(origin, entry, scopes, dropped);
        for (int parts = 8; _payload.Length > largest && parts <= 1024; parts *= 4)
        {
            // Each text gets a part of the room. That is enough for all but events with very many values.
            _isTruncated = true;
            _mostBytes = Math.Max(largest / parts, 1);
            Encode(origin, entry, parts == 8 ? scopes : null, dropped);
        }

        return _payload.Length <= largest;
    }

    private void Encode<TState>(LogOrigin origin, in LogEntry<TState> entry, IExternalScopeProvider? scopes, long dropped)
    {
        _payload.Clear();
        _fields.Clear();
        _scopes.Clear();
        _payload.AppendZeros(LogEventLayout.Size);
        WriteNumbers(entry.LogLevel, entry.EventId.Id, dropped);
        WriteText(LogEventLayout.Application, origin.Application);
        WriteText(LogEventLayout.Category, origin.Category);
        if (entry.EventId.Name is { } name)
        {
            WriteText(LogEventLayout.EventName, name);
        }

        LogTemplate? template = CollectFields(entry.State);
        WriteMessage(entry, template);
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

        if (entry.Exception is not null)
        {
            WriteText(LogEventLayout.Exception, entry.Exception.ToString());
        }

        _fields.WriteTo(_payload, LogEventLayout.Fields);
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

    /// <summary>Collects the named values of a state.</summary>
    /// <returns>The template that the state was given, if it was one.</returns>
    private LogTemplate? CollectFields<TState>(TState state)
    {
        IReadOnlyList<KeyValuePair<string, object?>>? values = StateValues<TState>.Of(state);
        if (values is null)
        {
            return null;
        }

        string? format = null;
        LogTemplate? template = null;
        int count = values.Count;
        if (count > 0 && values[count - 1] is { Key: OriginalFormat, Value: string last })
        {
            format = last;
            template = TemplateCache.Get(last);
            count--;
        }

        // What a plain hole shows can be read without making an object of it.
        bool mayUnbox = template is not null && template.Holes.Length == count && UnboxedValues<TState>.Count == count;
        for (int index = 0; index < count; index++)
        {
            if (mayUnbox && template!.Holes[index] is { IsPlain: true } hole
                && UnboxedValues<TState>.TryAddTo(_fields, hole.Name, ref state, index))
            {
                continue;
            }

            KeyValuePair<string, object?> value = values[index];
            if (value.Key == OriginalFormat)
            {
                format ??= value.Value as string;
            }
            else
            {
                _isTruncated |= !_fields.Add(value.Key, value.Value, _mostBytes);
            }
        }

        StateValues<TState>.Forget(values);
        return template ?? (format is null ? null : TemplateCache.Get(format));
    }

    private void WriteMessage<TState>(in LogEntry<TState> entry, LogTemplate? template)
    {
        int start = _payload.Length;
        if (template is null || !StateValues<TState>.RendersTemplate || !template.IsUsable || !TryRender(template))
        {
            _payload.Truncate(start);
            WriteText(LogEventLayout.Message, entry.Formatter(entry.State, entry.Exception));
            return;
        }

        _isTruncated |= _payload.Cut(start, _mostBytes);
        PutRange(LogEventLayout.Message, start);
    }

    private bool TryRender(LogTemplate template)
    {
        for (int index = 0; index < template.Holes.Length; index++)
        {
            ref readonly LogTemplate.Hole hole = ref template.Holes[index];
            int field = _fields.IndexOf(hole.Name, index);
            if (field < 0)
            {
                return false;
            }

            _payload.Append(hole.Before);
            _fields.AppendTo(_payload, field, hole);
        }

        _payload.Append(template.Tail);
        return true;
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
