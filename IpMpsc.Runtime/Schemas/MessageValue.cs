using System.Collections;
using System.Text.Json;

namespace IpMpsc.Schemas;

/// <summary>
/// The fields of a message as plain values, for programs that do not know its type: numbers, bool, char,
/// <see cref="Guid"/>, dates and times as themselves (an enum as its number), everything that is sent as text as
/// <see cref="string"/>, arrays of bytes as <c>byte[]</c>, other collections as <c>object?[]</c>, nested messages,
/// tuples and the entries of dictionaries as <see cref="MessageValue"/>, and what has no value as null.
/// </summary>
public sealed class MessageValue : IEnumerable<KeyValuePair<string, object?>>
{
    private readonly OrderedDictionary<string, object?> _fields = [];

    /// <summary>The names of the fields that are there, in their order.</summary>
    public IEnumerable<string> Names => _fields.Keys;

    /// <summary>The value of a field; null also if there is no such field.</summary>
    /// <param name="name">Its name.</param>
    public object? this[string name]
    {
        get => _fields.GetValueOrDefault(name);
        set => _fields[name] = value;
    }

    /// <summary>Adds a field.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">Its value.</param>
    /// <exception cref="ArgumentException">There is a field of that name.</exception>
    public void Add(string name, object? value) => _fields.Add(name, value);

    /// <summary>
    /// Writes an object with a property for each field. What JSON has no form for is written as text:
    /// bytes as base64, NaN and the infinities by their names.
    /// </summary>
    /// <param name="writer">Where to write.</param>
    public void WriteTo(Utf8JsonWriter writer) => JsonValueWriter.Write(writer, this);

    /// <inheritdoc />
    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => _fields.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
