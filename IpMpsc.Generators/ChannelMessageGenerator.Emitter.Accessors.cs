using IpMpsc.Generators.Fields;

namespace IpMpsc.Generators;

public sealed partial class ChannelMessageGenerator
{
    /// <content>The types through which a message is used in place.</content>
    private sealed partial class Emitter
    {
        private void EmitView()
        {
            bool isEvolved = message.Layout.IsEvolved;
            _source.Line($"""/// <summary>A <see cref="{message.TypeName}"/> that is read in place.</summary>""");
            using (_source.Open("public readonly ref struct View"))
            {
                if (!message.Layout.IsFixedSize)
                {
                    _source.Line($"private readonly {ReadOnlyBytes} _payload;");
                }

                _source.Line("private readonly ref readonly FixedBlock _block;");
                if (isEvolved)
                {
                    _source.Line("private readonly ushort _version;");
                }

                _source.Line($"""

                    /// <summary>Looks at a payload without copying anything.</summary>
                    /// <param name="payload">The payload of a record.</param>
                    /// <param name="version">The version with which its sender was compiled.</param>
                    """);
                using (_source.Open($"public View({ReadOnlyBytes} payload, ushort version)"))
                {
                    if (!message.Layout.IsFixedSize)
                    {
                        _source.Line("_payload = payload;");
                    }

                    _source.Line($"_block = ref {BlockOf("payload")};");
                    if (isEvolved)
                    {
                        _source.Line("_version = version;");
                    }
                }

                foreach (FieldEmitter member in VisibleFields)
                {
                    foreach (string declaration in member.ViewMembers(Stored(member, "_block", "_version")))
                    {
                        EmitAccessor(member, declaration);
                    }
                }
            }
        }

        private void EmitWriter()
        {
            _source.Line($"""/// <summary>A <see cref="{message.TypeName}"/> that is written in place.</summary>""");
            using (_source.Open("public readonly ref struct Writer"))
            {
                _source.Line($$"""
                    private readonly {{Bytes}} _payload;
                    private readonly ref FixedBlock _block;

                    /// <summary>Gives access to a payload that <see cref="Sizes"/> has prepared.</summary>
                    /// <param name="payload">The payload of a claim.</param>
                    public Writer({{Bytes}} payload)
                    {
                        _payload = payload;
                        _block = ref global::IpMpsc.Wire.WireWriter.Block<FixedBlock>(payload);
                    }
                    """);
                foreach (FieldEmitter member in VisibleFields)
                {
                    EmitAccessor(member, member.WriterMember($"_block.{member.Field.Identifier}"));
                }
            }
        }

        private void EmitAccessor(FieldEmitter member, string declaration) => _source.Line($"""

            {InheritDoc(member)}
            {declaration}
            """);

        private string InheritDoc(FieldEmitter member) =>
            $"""/// <inheritdoc cref="{message.TypeName}.{member.Field.Identifier}"/>""";
    }
}
