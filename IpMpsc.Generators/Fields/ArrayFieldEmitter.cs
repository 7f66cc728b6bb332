using System.Collections.Generic;
using IpMpsc.Generators.Models;

namespace IpMpsc.Generators.Fields;

/// <summary>An array of a fixed type, or a string in UTF-16, which is an array of characters.</summary>
internal sealed class ArrayFieldEmitter(FieldModel field) : RangeFieldEmitter(field)
{
    public override string SizesType => "int" + NullableMark;

    private bool IsText => Type.Kind == FieldKind.Text16;

    private string Generic => $"<{Type.ElementName}>";

    public override string Measure(string value) =>
        $"length.AddArray{Generic}({Count(value)}, {Type.DataAlignment}, {Label});";

    public override string Read(string stored)
    {
        if (IsText)
        {
            return $"{Copy}.Text16{OrNull}({At("payload", stored)})";
        }

        string array = $"{Copy}.Array{OrNull}{Generic}({AlignedAt("payload", stored)})";
        return Type is { IsMemory: true, IsNullable: true } ? $"{Copy}.AsMemory({array})" : array;
    }

    public override string WriterMember(string stored) => $"""
        {Head}global::System.Span{Generic} {Field.Identifier} =>
            global::IpMpsc.Wire.WireWriter.Array{Generic}({AlignedAt("_payload", stored)});
        """;

    public override string MeasureSize(string size) =>
        $"length.AddArray{Generic}({size}, {Type.DataAlignment}, {Label});";

    public override string Reserve(string size) => $"writer.Reserve{Generic}({size}, {Type.DataAlignment})";

    protected override string WriteValue(string value)
    {
        string elements = Type switch
        {
            { IsMemory: true, IsNullable: true } => $"{value}.GetValueOrDefault().Span",
            { IsMemory: true } => $"{value}.Span",
            _ => value,
        };
        return $"writer.Array{Generic}({elements}, {Type.DataAlignment})";
    }

    protected override IEnumerable<string> Accessors(string stored)
    {
        yield return $"""
            {Head}global::System.ReadOnlySpan{Generic} {Field.Identifier} =>
                {Reader}.Array{Generic}({AlignedAt("_payload", stored)});
            """;
        if (IsText)
        {
            yield return $"""
                {Head}string{NullableMark} {GeneratedNames.TextGetter(Field.Name)}() =>
                    {Copy}.Text16{OrNull}({At("_payload", stored)});
                """;
        }
    }

    private string Count(string value) => Type switch
    {
        { IsNullable: true } => $"{value}?.Length",
        { IsMemory: true } => $"{value}.Length",
        _ => $"{value}?.Length ?? 0",
    };
}
