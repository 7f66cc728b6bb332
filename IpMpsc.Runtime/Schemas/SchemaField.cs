namespace IpMpsc.Schemas;

/// <summary>A field of a message.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type.</param>
/// <param name="Offset">Bytes from the start of the fixed block of its message.</param>
/// <param name="Since">The version of the message that introduced it.</param>
public sealed record SchemaField(string Name, SchemaType Type, int Offset, ushort Since)
{
    /// <summary>The field as the schema spells it, without those of a nested message.</summary>
    public override string ToString() => Since > 1 ? $"{Name} {Type} @{Offset} since {Since}" : $"{Name} {Type} @{Offset}";
}
