using System.Collections.Generic;
using System.Linq;
using IpMpsc.Generators.Models;

namespace IpMpsc.Generators.Fields;

/// <summary>A field behind the block, which holds the range of its bytes.</summary>
internal abstract class RangeFieldEmitter(FieldModel field) : FieldEmitter(field)
{
    public override string BlockType => "global::IpMpsc.Wire.WireRange";

    protected FieldType Type => Field.Type;

    /// <summary>Suffix of the helpers that tell null from empty, and of the types that can be null.</summary>
    protected string OrNull => Type.IsNullable ? "OrNull" : "";

    protected string NullableMark => Type.IsNullable ? "?" : "";

    /// <summary>The arguments of a helper that reads the range of a payload.</summary>
    protected string At(string payload, string stored) => $"{payload}, {stored}, {Label}";

    /// <inheritdoc cref="At"/>
    protected string AlignedAt(string payload, string stored) => $"{payload}, {stored}, {Type.DataAlignment}, {Label}";

    public sealed override IEnumerable<string> ViewMembers(string stored) => Type.IsNullable
        ? Accessors(stored).Prepend(
            $"{Head}bool {GeneratedNames.PresenceOf(Field.Name)} => {Reader}.HasValue({stored});")
        : Accessors(stored);

    public sealed override string Write(string value) =>
        Type.IsNullable ? $"{value} is null ? default : {WriteValue(value)}" : WriteValue(value);

    protected abstract IEnumerable<string> Accessors(string stored);

    protected abstract string WriteValue(string value);
}
