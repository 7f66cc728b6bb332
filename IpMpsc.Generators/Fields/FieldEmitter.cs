using System.Collections.Generic;
using IpMpsc.Generators.Models;

namespace IpMpsc.Generators.Fields;

/// <summary>The C# for one field of a message. What differs between types is in their codecs; here is what differs between shapes.</summary>
/// <param name="model">The model.</param>
/// <param name="layout">The message that has the field.</param>
internal sealed class FieldEmitter(FieldModel model, MessageLayout layout)
{
    private const string Utf8 = "__codecs::Utf8";
    private const string Utf8OrNull = $"__codecs::OrNull<string, {Utf8}>";

    private FieldType Type => model.Type;

    public FieldModel Field => model;

    private string Label => $"\"{model.Name}\"";

    private string Head => model.Obsolete.Length > 0 ? $"{model.Obsolete} {model.Accessibility}" : model.Accessibility;

    /// <summary>Whether it lies in the fixed block as it lies in memory.</summary>
    private bool IsImage => Type.Shape == FieldShape.Image;

    private string NullableMark => Type.IsNullable ? "?" : "";

    private string SizesName => $"{Type.ElementName}.Sizes";

    /// <summary>The declaration in the fixed block.</summary>
    public string BlockMember => $"{model.Obsolete}{Separator}public {Type.Slot} {BlockName};";

    /// <summary>Its name in the fixed block.</summary>
    public string BlockName => GeneratedNames.InBlock(model, layout);

    private string Separator => model.Obsolete.Length > 0 ? " " : "";

    /// <summary>The statement that measures or writes a variable field.</summary>
    /// <param name="value">The value.</param>
    /// <param name="slot">Its place in the fixed block.</param>
    public string Lay(string value, string slot) => $"pass.Put({value}, ref {slot}, default({Type.Codec}), {Label});";

    /// <summary>The statement that writes a field that lies in the fixed block whole.</summary>
    /// <param name="value">The value that is written.</param>
    /// <param name="slot">Its place in the fixed block.</param>
    public string Write(string value, string slot) => IsImage
        ? $"{slot} = {value};"
        : $"{Type.Codec}.Write(ref writer, {value}, ref {slot});";

    /// <summary>The owned value.</summary>
    /// <param name="stored">What the fixed block holds.</param>
    public string Read(string stored) => IsImage ? stored : $"{Type.Codec}.Read(ref scan, {stored}, {Label})";

    /// <summary>The members of the view, each a declaration.</summary>
    /// <param name="messageType">The C# type of the message.</param>
    /// <param name="stored">What the fixed block, or the message that is its own image, holds.</param>
    /// <param name="place">A reference to that; null if there is none in some version.</param>
    /// <param name="payload">The payload.</param>
    /// <param name="ofImage">Whether the message is its own image, so that a bool is one.</param>
    public IEnumerable<string> ViewMembers(string messageType, string stored, string? place, string payload, bool ofImage)
    {
        if (Type.IsBuffer)
        {
            yield return $"""
                {Head} __system::ReadOnlySpan<{Type.ElementName}> {model.Identifier} =>
                    __wire::WireReader.Buffer<{messageType}, {Type.ElementName}>(in _message, {model.Offset}, {Type.Size});
                """;
            yield break;
        }

        if (IsImage || (ofImage && Type.LiesAsInMemory))
        {
            yield return place is not null && !Type.Images.IsEmpty
                ? $"{Head} ref readonly {Type.TypeName} {model.Identifier} => ref {place};"
                : $"{Head} {Type.TypeName} {model.Identifier} => {stored};";
            yield break;
        }

        if (Type is { IsRange: true, IsNullable: true })
        {
            yield return $"{Head} bool {GeneratedNames.PresenceOf(model.Name)} => __wire::WireReader.HasValue({stored});";
        }

        yield return $"{Head} {Type.View} {model.Identifier} => {See($"({payload}, {stored})")};";
        if (Type.GetterSuffix.Length > 0)
        {
            string get = Type.Codec switch
            {
                Utf8 => $"{Utf8}.Get",
                Utf8OrNull => $"{Utf8}.GetOrNull",
                _ => $"__views::CopyAccess<{Type.TypeName}, {Type.Slot}, {Type.Codec}>.View",
            };
            yield return $"{Head} {Type.TypeName} {GeneratedNames.GetterOf(model.Name, Type.GetterSuffix)}() => {get}({payload}, {stored}, {Label});";
        }
    }

    /// <summary>The expression that sees a slot in place. The compiler tells the name of the field: that of the property.</summary>
    private string See(string arguments) => Type.Shape switch
    {
        FieldShape.Span => $"__wire::WireReader.Array<{Type.ElementName}>{arguments}",
        FieldShape.Collection or FieldShape.Messages => $"new{arguments}",
        _ => $"{Type.Access}.View{arguments}",
    };

    /// <summary>The member of the writer; null for one that is given as a value at the claim.</summary>
    /// <param name="slot">The place in the fixed block.</param>
    public string? WriterMember(string slot) => Type switch
    {
        { Shape: FieldShape.Image } => $"{Head} ref {Type.TypeName} {model.Identifier} => ref {slot};",
        { Shape: FieldShape.Value, IsVariable: false, HasBitsOfMemory: true } =>
            $"{Head} ref {Type.TypeName} {model.Identifier} => ref __system::Runtime.CompilerServices.Unsafe.As<{Type.Slot}, {Type.TypeName}>(ref {slot});",
        { Shape: FieldShape.Value, IsVariable: false } =>
            $"{Head} void {GeneratedNames.SetterOf(model.Name)}({Type.TypeName} value) => __codecs::FixedBlocks.Set(ref {slot}, value, default({Type.Codec}));",
        { Shape: FieldShape.Span } =>
            $"{Head} __system::Span<{Type.ElementName}> {model.Identifier} => __wire::WireWriter.Array<{Type.ElementName}>(_payload, {slot});",
        { Shape: FieldShape.Message, HasSizes: true } =>
            $"{Head} {Type.ElementName}.Writer {model.Identifier} => new(__wire::WireWriter.Message<{Type.ElementName}>(_payload, {slot}));",
        { Shape: FieldShape.Messages, HasSizes: true } =>
            $"{Head} __views::WriterList<{Type.ElementName}, {Type.ElementName}.Writer> {model.Identifier} => new(_payload, {slot});",
        _ => null,
    };

    /// <summary>The property of <c>Sizes</c>: a length, the sizes of messages, or the value itself.</summary>
    public string SizesMember => $$"""{{Head}} {{SizesType}} {{model.Identifier}} { get; set; }""";

    private string SizesType => Type switch
    {
        { Shape: FieldShape.Span } => "int" + NullableMark,
        { Shape: FieldShape.Message, HasSizes: true } => SizesName + NullableMark,
        { Shape: FieldShape.Messages, HasSizes: true } => $"__system::ReadOnlyMemory<{SizesName}>{NullableMark}",
        _ => Type.TypeName,
    };

    /// <summary>The statement that measures or takes the room that <c>Sizes</c> asks for, or does so with a value that is given.</summary>
    /// <param name="size">The property of <c>Sizes</c>.</param>
    /// <param name="slot">The place in the fixed block.</param>
    public string LaySize(string size, string slot) => Type switch
    {
        { Shape: FieldShape.Span } => $"pass.Reserve<{Type.ElementName}>({size}, ref {slot}, {Label});",
        { Shape: FieldShape.Message, HasSizes: true } => $"pass.Prepare<{Type.ElementName}, {SizesName}>({size}, ref {slot});",
        { Shape: FieldShape.Messages, HasSizes: true } => $"pass.PrepareAll<{Type.ElementName}, {SizesName}>({size}, ref {slot});",
        _ => Lay(size, slot),
    };
}
