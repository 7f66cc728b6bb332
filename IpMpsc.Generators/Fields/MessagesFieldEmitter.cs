using System.Collections.Generic;
using IpMpsc.Generators.Models;

namespace IpMpsc.Generators.Fields;

/// <summary>An array of messages with variable fields.</summary>
internal sealed class MessagesFieldEmitter(FieldModel field) : RangeFieldEmitter(field)
{
    public override string SizesType => $"global::System.ReadOnlyMemory<{Type.ElementName}.Sizes>{NullableMark}";

    private string Generic => $"<{Type.ElementName}>";

    private string SizesGeneric => $"<{Type.ElementName}, {Type.ElementName}.Sizes>";

    public override string Measure(string value) =>
        IfPresent(value, $"length.AddMessages{Generic}({Elements(value)}, {Type.DataAlignment});");

    public override string Read(string stored)
    {
        string array = $"{Copy}.Messages{OrNull}{Generic}({AlignedAt("payload", stored)})";
        return Type is { IsMemory: true, IsNullable: true } ? $"{Copy}.AsMemory({array})" : array;
    }

    public override string WriterMember(string stored) => $"""
        {Head}{Type.ElementName}.Writers {Field.Identifier} =>
            new({Reader}.Messages({AlignedAt("_payload", stored)}));
        """;

    public override string MeasureSize(string size) =>
        IfPresent(size, $"length.AddSizes{SizesGeneric}({SpanOf(size)}, {Type.DataAlignment});");

    public override string Reserve(string size)
    {
        string prepare = $"writer.Prepare{SizesGeneric}({SpanOf(size)}, {Type.DataAlignment})";
        return Type.IsNullable ? $"{size} is null ? default : {prepare}" : prepare;
    }

    protected override string WriteValue(string value) =>
        $"writer.Messages{Generic}({Elements(value)}, {Type.DataAlignment})";

    protected override IEnumerable<string> Accessors(string stored) =>
    [
        $"""
        {Head}{Type.ElementName}.Views {Field.Identifier} =>
            new({Reader}.Messages({AlignedAt("_payload", stored)}));
        """,
    ];

    private string Elements(string value) => Type.IsMemory ? SpanOf(value) : value;

    private string SpanOf(string memory) => Type.IsNullable ? $"{memory}.GetValueOrDefault().Span" : $"{memory}.Span";

    private string IfPresent(string value, string statement) => Type.IsNullable
        ? $$"""
        if ({{value}} is not null)
        {
            {{statement}}
        }
        """
        : statement;
}
