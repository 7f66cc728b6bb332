using System.Collections.Generic;
using IpMpsc.Generators.Models;

namespace IpMpsc.Generators.Fields;

/// <summary>A string, or the path of a channel, as UTF-8.</summary>
internal sealed class TextFieldEmitter(FieldModel field) : RangeFieldEmitter(field)
{
    public override string SizesType => "int" + NullableMark;

    private bool IsAddress => Type.Kind == FieldKind.Address;

    public override string Measure(string value) => $"length.AddText({Text(value)}, {Label});";

    public override string Read(string stored) => Owned("payload", stored);

    public override string WriterMember(string stored) => $"""
        {Head}global::System.Span<byte> {Field.Identifier} =>
            global::IpMpsc.Wire.WireWriter.Array<byte>({AlignedAt("_payload", stored)});
        """;

    public override string MeasureSize(string size) => $"length.AddArray<byte>({size}, 1, {Label});";

    public override string Reserve(string size) => $"writer.Reserve<byte>({size}, 1)";

    protected override string WriteValue(string value) => $"writer.Text({Text(value)})";

    protected override IEnumerable<string> Accessors(string stored)
    {
        yield return $"""
            {Head}global::System.ReadOnlySpan<byte> {Field.Identifier} =>
                {Reader}.Bytes({At("_payload", stored)});
            """;
        yield return IsAddress
            ? $"""
            {Head}global::IpMpsc.ChannelAddress {GeneratedNames.AddressGetter(Field.Name)}() =>
                {Owned("_payload", stored)};
            """
            : $"""
            {Head}string{NullableMark} {GeneratedNames.TextGetter(Field.Name)}() =>
                {Owned("_payload", stored)};
            """;
    }

    private string Text(string value) => IsAddress ? value + ".Path" : value;

    private string Owned(string payload, string stored) => IsAddress
        ? $"{Copy}.Address({At(payload, stored)})"
        : $"{Copy}.Text{OrNull}({At(payload, stored)})";
}
