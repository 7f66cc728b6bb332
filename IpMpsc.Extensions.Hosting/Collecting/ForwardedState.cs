using System.Collections;
using System.Globalization;
using IpMpsc.Extensions.Hosting.Logging;

namespace IpMpsc.Extensions.Hosting.Collecting;

/// <summary>An event as a logger of this process sees it: the named values, where it comes from, and the template.</summary>
internal sealed class ForwardedState : IReadOnlyList<KeyValuePair<string, object?>>
{
    private readonly List<KeyValuePair<string, object?>> _values = [];
    private readonly string _message;

    public ForwardedState(in LogEvent entry)
    {
        _message = entry.Message;
        foreach (LogField field in entry.Fields)
        {
            _values.Add(new KeyValuePair<string, object?>(field.Name, ValueOf(field)));
        }

        _values.Add(new KeyValuePair<string, object?>("{OriginalFormat}", entry.Template ?? entry.Message));
    }

    public int Count => _values.Count;

    public KeyValuePair<string, object?> this[int index] => _values[index];

    /// <summary>What the logging process says about itself, and the scopes that were open in it.</summary>
    public static Dictionary<string, object?> ScopeOf(in LogEvent entry)
    {
        Dictionary<string, object?> scope = new()
        {
            ["Application"] = entry.Application,
            ["ProcessId"] = entry.ProcessId,
            ["ThreadId"] = entry.ThreadId,
            ["Timestamp"] = EventTime.Of(entry),
        };
        if (entry.TraceId is not null)
        {
            scope["TraceId"] = entry.TraceId;
            scope["SpanId"] = entry.SpanId;
        }

        foreach (LogField field in entry.Scopes)
        {
            scope[field.Name.Length == 0 ? "Scope" : field.Name] = ValueOf(field);
        }

        return scope;
    }

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => _values.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => _message;

    private static object? ValueOf(LogField field) => field.Kind switch
    {
        LogFieldKind.Null => null,
        LogFieldKind.Boolean => field.Value == bool.TrueString,
        LogFieldKind.Number when long.TryParse(field.Value, NumberStyles.Integer, CultureInfo.InvariantCulture, out long whole) => whole,
        LogFieldKind.Number when double.TryParse(field.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) => number,
        _ => field.Value,
    };
}
