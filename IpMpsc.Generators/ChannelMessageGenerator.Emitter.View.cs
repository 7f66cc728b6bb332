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

        // Every message has a view, so that none changes the signature of a handler when it grows.
        private void EmitView()
        {
            _source.Line($"""
                /// <summary>The message, read in place.</summary>
                {Attributes}
                """);
            using (_source.Open($"public readonly ref struct View({ReadOnlyBytes} payload, ushort version) : __views::IMessageView<View>"))
            {
                // A message that is its own image needs no more of the payload than its start.
                if (!message.Layout.IsImage)
                {
                    _source.Line($"readonly {ReadOnlyBytes} _payload = payload;");
                }

                _source.Line($"readonly ref readonly {ViewTarget} {ViewReference} = ref {BlockOf(ViewTarget, "payload")};");
                if (message.Layout.IsEvolved)
                {
                    _source.Line("readonly ushort _version = version;");
                }

                _source.Line($"""
                    static View __views::IMessageView<View>.Create({ReadOnlyBytes} p, ushort v) => new(p, v);
                    /// <summary>Reads an owned copy.</summary>
                    public {message.Identifier} Read() => {OwnedCopy};
                    """);
                foreach (FieldEmitter member in VisibleFields)
                {
                    bool isNew = member.Field.Since > FieldModel.FirstVersion;
                    string place = $"{ViewReference}.{StoredNameOf(member)}";
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
            { IsImage: false, IsEvolved: var isEvolved } =>
                $"__wire::WireReader.Read<{message.Identifier}>(_payload, {(isEvolved ? "_version" : $"{message.Version}")})",
            { IsEvolved: true } => Versions(message.Layout.EndBefore, "_version") is { } ends
                ? $"__wire::WireReader.Image(in _message, {ends})"
                : "_message",
            _ => "_message",
        };

        private void EmitWriter()
        {
            _source.Line($"""
                /// <summary>The message, written in place.</summary>
                {Attributes}
                """);
            using (_source.Open($"public readonly ref struct Writer({Bytes} payload) : __views::IMessageWriter<Writer>"))
            {
                _source.Line($"""
                    readonly {Bytes} _payload = payload;
                    readonly ref FixedBlock _block = ref __wire::WireWriter.Block<FixedBlock>(payload);
                    static Writer __views::IMessageWriter<Writer>.Create({Bytes} p) => new(p);
                    """);
                foreach (FieldEmitter member in VisibleFields)
                {
                    if (member.WriterMember($"_block.{member.BlockName}") is { } declaration)
                    {
                        EmitAccessor(member, declaration);
                    }
                }
            }
        }

        private void EmitAccessor(FieldEmitter member, string declaration)
        {
            if (member.Field.IsDocumented)
            {
                _source.Line($"""/// <inheritdoc cref="{message.Identifier}.{member.Field.Identifier}"/>""");
            }

            _source.Line(declaration);
        }
    }
}
