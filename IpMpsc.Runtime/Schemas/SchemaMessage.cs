using System.Text;
using System.Text.Json;

namespace IpMpsc.Schemas;

/// <summary>A message type as a channel describes it, without the program that declared it.</summary>
public sealed class SchemaMessage
{
    internal SchemaMessage(string name, ushort id, ushort version, int size, IReadOnlyList<SchemaField> fields)
    {
        Name = name;
        Id = id;
        Version = version;
        Size = size;
        Fields = fields;
    }

    /// <summary>Full name of the message.</summary>
    public string Name { get; }

    /// <summary>The id that each record of it carries.</summary>
    public ushort Id { get; }

    /// <summary>Its version, from 1.</summary>
    public ushort Version { get; }

    /// <summary>Bytes of the fixed block.</summary>
    public int Size { get; }

    /// <summary>The fields in their order.</summary>
    public IReadOnlyList<SchemaField> Fields { get; }

    /// <summary>Reads a payload.</summary>
    /// <param name="payload">The payload of a record with this id.</param>
    /// <param name="version">The version that the record carries; fields of later ones are left out.</param>
    /// <exception cref="MessageFormatException">The payload cannot be such a message.</exception>
    public MessageValue Decode(ReadOnlySpan<byte> payload, ushort version) => PayloadDecoder.Decode(this, payload, version);

    /// <summary>Makes a payload; fields that the value does not have are zero, empty or null.</summary>
    /// <param name="value">The fields of the message.</param>
    /// <exception cref="MessageValueException">A field has the wrong type, or the message has no field of that name.</exception>
    public byte[] Encode(MessageValue value) => PayloadEncoder.Encode(this, value);

    /// <summary>Reads what <see cref="MessageValue.WriteTo"/> writes.</summary>
    /// <param name="json">An object with a property for each field; some may be missing.</param>
    /// <exception cref="MessageValueException">A property has the wrong type, or the message has no field of that name.</exception>
    public MessageValue ReadJson(JsonElement json)
    {
        try
        {
            return JsonValueReader.Read(Fields, json, Name);
        }
        catch (InvalidOperationException error) when (error.InnerException is DecoderFallbackException)
        {
            // JsonDocument accepts such a text, and its elements throw this where they are asked for a string.
            throw new MessageValueException(Name, null, $"The JSON text of a message {Name} is not valid UTF-8: {error.InnerException.Message}");
        }
    }

    /// <summary>The message as the first line of its schema spells it.</summary>
    public override string ToString() => $"message {Name} id {Id} version {Version} size {Size}";

    /// <summary>Levels of ranges within each other, with that of the record itself.</summary>
    internal int Depth => 1 + Fields.Select(member => member.Type.Depth).DefaultIfEmpty().Max();

    /// <summary>Bytes of the fixed block in some version; a later one has at least those of this one.</summary>
    internal int SizeIn(ushort version) =>
        version >= Version ? Size : BlockLayout.Of(Fields.TakeWhile(field => field.Since <= version)).Size;
}
