using System.Collections.Generic;
using IpMpsc.Generators.Models;

namespace IpMpsc.Generators.Fields;

/// <summary>A message with variable fields within another one.</summary>
internal sealed class MessageFieldEmitter(FieldModel field) : RangeFieldEmitter(field)
{
    public override string SizesType => $"{Type.ElementName}.Sizes";

    private string Generic => $"<{Type.ElementName}>";

    private string SizesGeneric => $"<{Type.ElementName}, {Type.ElementName}.Sizes>";

    public override string Measure(string value) => $"length.AddMessage({value}, {Type.DataAlignment});";

    public override string Read(string stored) => $"{Copy}.Message{Generic}({AlignedAt("payload", stored)})";

    public override string WriterMember(string stored) => $"""
        {Head}{Type.ElementName}.Writer {Field.Identifier} =>
            new(global::IpMpsc.Wire.WireWriter.Array<byte>({AlignedAt("_payload", stored)}));
        """;

    public override string MeasureSize(string size) => $"length.AddSizes{SizesGeneric}({size}, {Type.DataAlignment});";

    public override string Reserve(string size) => $"writer.Prepare{SizesGeneric}({size}, {Type.DataAlignment})";

    protected override string WriteValue(string value) => $"writer.Message({value}, {Type.DataAlignment})";

    protected override IEnumerable<string> Accessors(string stored) =>
    [
        $"""
        {Head}{Type.ElementName}.View {Field.Identifier} =>
            new({Reader}.Message{Generic}({AlignedAt("_payload", stored)}), {FieldModel.FirstVersion});
        """,
    ];
}
