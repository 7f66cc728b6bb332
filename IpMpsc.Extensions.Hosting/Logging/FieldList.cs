using System.Buffers.Binary;
using System.Text;

namespace IpMpsc.Extensions.Hosting.Logging;

/// <summary>
/// The payloads of <see cref="LogField"/>, one behind the other, as they will stand in the event. They are collected
/// before the event is written, because the message, which stands before them, shows the same texts.
/// </summary>
internal sealed class FieldList
{
    private readonly Utf8Buffer _payloads = new();
    private Entry[] _entries = new Entry[16];

    public int Count { get; private set; }

    public void Clear()
    {
        _payloads.Clear();
        Count = 0;
    }

    /// <summary>Adds a field.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">Its value.</param>
    /// <param name="most">The most bytes of its text.</param>
    /// <returns>Whether its text was added in full.</returns>
    public bool Add(string name, object? value, int most)
    {
        int start = Begin(name, most, out bool isComplete);
        int text = _payloads.Length;
        LogFieldKind kind = ValueText.KindOf(value);
        bool isAsInMessage = false;
        if (value is string whole)
        {
            isComplete &= _payloads.Append(whole, most);
            isAsInMessage = isComplete;
        }
        else if (value is not null)
        {
            isAsInMessage = ValueText.AppendField(_payloads, value);
        }

        End(name, value, kind, start, text, isAsInMessage);
        return isComplete;
    }

    /// <summary>Adds a text.</summary>
    public void AddText(in LogTemplate.Hole hole, string value)
    {
        int start = Begin(hole);
        int text = _payloads.Length;
        _payloads.Append(value);
        End(hole.Name, null, LogFieldKind.Text, start, text, isAsInMessage: true);
    }

    /// <summary>Adds a number, which a message shows as its field does.</summary>
    public void AddNumber<T>(in LogTemplate.Hole hole, T value) where T : struct, IUtf8SpanFormattable =>
        AddFormattable(hole, value, LogFieldKind.Number);

    /// <summary>Adds a value that readers see as text, and that a message shows as its field does.</summary>
    public void AddText<T>(in LogTemplate.Hole hole, T value) where T : struct, IUtf8SpanFormattable =>
        AddFormattable(hole, value, LogFieldKind.Text);

    /// <summary>Adds true or false.</summary>
    public void AddBoolean(in LogTemplate.Hole hole, bool value)
    {
        int start = Begin(hole);
        int text = _payloads.Length;
        _payloads.Append(value ? "True"u8 : "False"u8);
        End(hole.Name, null, LogFieldKind.Boolean, start, text, isAsInMessage: true);
    }

    /// <summary>The index of a field by its name, which mostly has the index that is tried first; -1 if there is none.</summary>
    public int IndexOf(string name, int first)
    {
        if (first < Count && _entries[first].Name == name)
        {
            return first;
        }

        for (int index = 0; index < Count; index++)
        {
            if (string.Equals(_entries[index].Name, name, StringComparison.OrdinalIgnoreCase))
            {
                return index;
            }
        }

        return -1;
    }

    /// <summary>Adds a field's value to a message.</summary>
    public void AppendTo(Utf8Buffer message, int index, in LogTemplate.Hole hole)
    {
        ref readonly Entry entry = ref _entries[index];
        if (hole.IsPlain && entry.IsAsInMessage)
        {
            message.Append(_payloads.Written[entry.Text..entry.TextEnd]);
            return;
        }

        int start = message.Length;
        ValueText.AppendMessage(message, entry.Value, hole.Format);
        if (hole.Width > 0)
        {
            message.PadLeft(start, hole.Width);
        }
        else if (hole.Width < 0)
        {
            message.PadRight(start, -hole.Width);
        }
    }

    /// <summary>Adds the fields to an event: the list of their ranges, and the payloads behind it.</summary>
    public void WriteTo(Utf8Buffer payload, int rangeAt)
    {
        payload.Align();
        int list = payload.Length;
        payload.AppendZeros(Count * LogEventLayout.Range);
        int start = payload.Length;
        payload.Append(_payloads.Written);
        Put(payload[rangeAt, LogEventLayout.Range], list, Count * LogEventLayout.Range);
        for (int index = 0; index < Count; index++)
        {
            ref readonly Entry entry = ref _entries[index];
            Put(payload[list + index * LogEventLayout.Range, LogEventLayout.Range], start + entry.Start, entry.End - entry.Start);
        }
    }

    /// <summary>Drops the values, which must not live as long as this list.</summary>
    public void ForgetValues() => _entries.AsSpan(0, Count).Clear();

    public static void Put(Span<byte> range, int offset, int length)
    {
        BinaryPrimitives.WriteInt32LittleEndian(range, offset);
        BinaryPrimitives.WriteInt32LittleEndian(range[sizeof(int)..], length);
    }

    /// <summary>The fixed block of a field that has this name, and the name: the same in each event.</summary>
    public static byte[] HeadOf(string name)
    {
        byte[] head = new byte[LogEventLayout.FieldSize + Encoding.UTF8.GetByteCount(name)];
        int length = Encoding.UTF8.GetBytes(name, head.AsSpan(LogEventLayout.FieldSize));
        Put(head.AsSpan(LogEventLayout.FieldName), LogEventLayout.FieldSize, length);
        return head;
    }

    private void AddFormattable<T>(in LogTemplate.Hole hole, T value, LogFieldKind kind) where T : struct, IUtf8SpanFormattable
    {
        int start = Begin(hole);
        int text = _payloads.Length;
        ValueText.AppendUtf8(_payloads, value, null);
        End(hole.Name, null, kind, start, text, isAsInMessage: true);
    }

    private int Begin(in LogTemplate.Hole hole)
    {
        _payloads.Align();
        int start = _payloads.Length;
        _payloads.Append(hole.FieldHead);
        return start;
    }

    /// <summary>Begins a payload with its fixed block and its name.</summary>
    private int Begin(string name, int most, out bool isComplete)
    {
        _payloads.Align();
        int start = _payloads.Length;
        _payloads.AppendZeros(LogEventLayout.FieldSize);
        isComplete = _payloads.Append(name, most);
        PutRange(start, LogEventLayout.FieldName, start + LogEventLayout.FieldSize, _payloads.Length);
        return start;
    }

    /// <summary>Ends a payload whose text has been added.</summary>
    private void End(string name, object? value, LogFieldKind kind, int start, int text, bool isAsInMessage)
    {
        if (kind != LogFieldKind.Null)
        {
            PutRange(start, LogEventLayout.FieldValue, text, _payloads.Length);
        }

        _payloads[start + LogEventLayout.FieldKind, 1][0] = (byte)kind;
        int textEnd = _payloads.Length;
        _payloads.Append(LogEventLayout.FieldVersion);
        Add(new Entry(name, value, start, text, textEnd, _payloads.Length, isAsInMessage));
    }

    private void Add(in Entry entry)
    {
        if (Count == _entries.Length)
        {
            Array.Resize(ref _entries, Count * 2);
        }

        _entries[Count++] = entry;
    }

    /// <summary>Ranges in a nested message count from its start.</summary>
    private void PutRange(int start, int field, int from, int to) =>
        Put(_payloads[start + field, LogEventLayout.Range], from - start, to - from);

    private readonly record struct Entry(
        string Name, object? Value, int Start, int Text, int TextEnd, int End, bool IsAsInMessage);
}
