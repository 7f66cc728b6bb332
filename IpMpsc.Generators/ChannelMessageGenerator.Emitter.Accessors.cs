using IpMpsc.Generators.Fields;
using IpMpsc.Generators.Models;

namespace IpMpsc.Generators;

public sealed partial class ChannelMessageGenerator
{
    /// <content>The types through which a message is used in place.</content>
    private sealed partial class Emitter
    {
        /// <summary>What a view refers to: the message that is its own image, or the fixed block.</summary>
        private string ViewTarget => message.Layout.IsImage ? message.Identifier : "FixedBlock";

        private string ViewReference => message.Layout.IsImage ? "_message" : "_block";

        /// <summary>Whether a view needs more of the payload than its start.</summary>
        private bool KeepsPayload => !message.Layout.IsImage;

        // Every message has a view, so that none changes the signature of a handler when it grows.
        private void EmitView()
        {
            bool keepsVersion = message.Layout.IsEvolved;
            _source.Line($"""
                /// <summary>A <see cref="{message.Identifier}"/> that is read in place.</summary>
                {Attributes}
                """);
            using (_source.Open("public readonly ref struct View : __views::IMessageView<View>"))
            {
                if (KeepsPayload)
                {
                    _source.Line($"private readonly {ReadOnlyBytes} _payload;");
                }

                _source.Line($"private readonly ref readonly {ViewTarget} {ViewReference};");
                if (keepsVersion)
                {
                    _source.Line("private readonly ushort _version;");
                }

                _source.Line($$"""

                    /// <summary>Looks at a payload whose sender was compiled with a version of the message.</summary>
                    public View({{ReadOnlyBytes}} payload, ushort version)
                    {
                    """);
                if (KeepsPayload)
                {
                    _source.Line("    _payload = payload;");
                }

                _source.Line($"    {ViewReference} = ref {BlockOf(ViewTarget, "payload")};");
                if (keepsVersion)
                {
                    _source.Line("    _version = version;");
                }

                _source.Line($$"""
                    }
                    static View __views::IMessageView<View>.Create({{ReadOnlyBytes}} payload, ushort version) => new(payload, version);
                    /// <summary>Reads an owned copy.</summary>
                    public {{message.Identifier}} Read() => {{OwnedCopy}};
                    """);
                foreach (FieldEmitter member in VisibleFields)
                {
                    bool isNew = member.Field.Since > FieldModel.FirstVersion;
                    string place = $"{ViewReference}.{member.Field.Identifier}";
                    bool hasPlace = !isNew && (!message.Layout.IsImage || member.Field.IsField);
                    foreach (string declaration in member.ViewMembers(
                        message.Identifier,
                        Stored(member, ViewReference, "_version"), hasPlace ? place : null, "_payload", message.Layout.IsImage))
                    {
                        EmitAccessor(member, declaration);
                    }
                }
            }
        }

        private string OwnedCopy => message.Layout switch
        {
            { IsImage: false } => $"__wire::WireReader.Read<{message.Identifier}>(_payload, {(message.Layout.IsEvolved ? "_version" : $"{message.Version}")})",
            { IsEvolved: true } => $"__wire::WireReader.Image(in _message, {Versions(message.Layout.EndBefore, "_version")})",
            _ => "_message",
        };

        private void EmitWriter()
        {
            _source.Line($$"""
                /// <summary>A <see cref="{{message.Identifier}}"/> that is written in place.</summary>
                {{Attributes}}
                public readonly ref struct Writer : __views::IMessageWriter<Writer>
                {
                    private readonly {{Bytes}} _payload;
                    private readonly ref FixedBlock _block;

                    /// <summary>Gives access to the payload of a claim.</summary>
                    public Writer({{Bytes}} payload)
                    {
                        _payload = payload;
                        _block = ref __wire::WireWriter.Block<FixedBlock>(payload);
                    }
                    static Writer __views::IMessageWriter<Writer>.Create({{Bytes}} payload) => new(payload);
                """);
            using (_source.Continue())
            {
                foreach (FieldEmitter member in VisibleFields)
                {
                    if (member.WriterMember($"_block.{member.Field.Identifier}") is { } declaration)
                    {
                        EmitAccessor(member, declaration);
                    }
                }
            }
        }

        private void EmitAccessor(FieldEmitter member, string declaration) => _source.Line($"""
            {InheritDoc(member)}
            {declaration}
            """);

        private string InheritDoc(FieldEmitter member) => $"""/// <inheritdoc cref="{message.Identifier}.{member.Field.Identifier}"/>""";
    }
}
