namespace IpMpsc.Generators;

public sealed partial class ChannelMessageGenerator
{
    /// <content>The types through which a message with variable fields is used in place.</content>
    private sealed partial class Emitter
    {
        private void EmitView()
        {
            _source.Line($"""/// <summary>A <see cref="{message.TypeName}"/> that is read in place.</summary>""");
            using (_source.Open("public readonly ref struct View"))
            {
                _source.Line($$"""
                    private readonly {{ReadOnlyBytes}} _payload;
                    private readonly ref readonly FixedBlock _block;

                    /// <summary>Looks at a payload without copying anything.</summary>
                    /// <param name="payload">The payload of a record.</param>
                    /// <param name="version">The version with which its sender was compiled.</param>
                    public View({{ReadOnlyBytes}} payload, ushort version)
                    {
                        _payload = payload;
                        _block = ref global::IpMpsc.WireReader.Block<FixedBlock>(payload);
                    }
                    """);
                foreach (FieldModel member in VisibleFields)
                {
                    _source.Line();
                    EmitViewMember(member);
                }
            }
        }

        private void EmitViewMember(FieldModel member)
        {
            string stored = $"_block.{member.Identifier}";
            _source.Line(InheritDoc(member));
            _source.Line(member.Type.Kind switch
            {
                FieldKind.Fixed => $"{member.Accessibility} {member.TypeName} {member.Identifier} => {stored};",
                FieldKind.Boolean => $"{member.Accessibility} bool {member.Identifier} => {stored} != 0;",
                _ => $"""
                    {member.Accessibility} {ReadOnlyBytes} {member.Identifier} =>
                        global::IpMpsc.WireReader.Bytes(_payload, {stored}, "{member.Name}");
                    """,
            });
            if (member.Type.Kind == FieldKind.Text)
            {
                _source.Line($"""

                    {InheritDoc(member)}
                    {member.Accessibility} string {GeneratedNames.TextGetter(member.Name)}() =>
                        global::IpMpsc.WireReader.Text(_payload, {stored}, "{member.Name}");
                    """);
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
                        _block = ref global::IpMpsc.WireWriter.Block<FixedBlock>(payload);
                    }
                    """);
                foreach (FieldModel member in VisibleFields)
                {
                    _source.Line();
                    EmitWriterMember(member);
                }
            }
        }

        private void EmitWriterMember(FieldModel member)
        {
            string stored = $"_block.{member.Identifier}";
            _source.Line(InheritDoc(member));
            _source.Line(member.Type.Kind switch
            {
                FieldKind.Fixed => $"{member.Accessibility} ref {member.TypeName} {member.Identifier} => ref {stored};",
                FieldKind.Boolean => $"""
                    {member.Accessibility} ref bool {member.Identifier} =>
                        ref global::System.Runtime.CompilerServices.Unsafe.As<byte, bool>(ref {stored});
                    """,
                _ => $"""
                    {member.Accessibility} {Bytes} {member.Identifier} =>
                        global::IpMpsc.WireWriter.Bytes(_payload, {stored}, "{member.Name}");
                    """,
            });
        }

        private void EmitSizes()
        {
            string sizes = $"global::IpMpsc.IMessageSizes<{message.TypeName}>";
            _source.Line($"""/// <summary>The byte counts a <see cref="{message.TypeName}"/> is claimed for.</summary>""");
            using (_source.Open($"public struct Sizes : {sizes}"))
            {
                foreach (FieldModel member in VariableFields)
                {
                    // Without a setting, a private field is sent empty: only the struct itself knows it.
                    if (member.IsVisible)
                    {
                        _source.Line($$"""
                            {{InheritDoc(member)}}
                            {{member.Accessibility}} int {{member.Identifier}} { readonly get; set; }

                            """);
                    }
                }

                using (_source.Open($"readonly int {sizes}.PayloadLength"))
                using (_source.Open("get"))
                {
                    _source.Line($"var length = new global::IpMpsc.WireLength({message.Size});");
                    foreach (FieldModel member in VariableFields)
                    {
                        if (member.IsVisible)
                        {
                            _source.Line($"""length.AddBytes(this.{member.Identifier}, "{member.Name}");""");
                        }
                    }

                    _source.Line("return length.Total;");
                }

                _source.Line();
                using (_source.Open($"readonly void {sizes}.Prepare({Bytes} payload)"))
                {
                    EmitBlockToFill();
                    foreach (FieldModel member in VariableFields)
                    {
                        string length = member.IsVisible ? $"this.{member.Identifier}" : "0";
                        _source.Line($"block.{member.Identifier} = writer.Reserve({length});");
                    }
                }
            }
        }

        private string InheritDoc(FieldModel member) =>
            $"""/// <inheritdoc cref="{message.TypeName}.{member.Identifier}"/>""";
    }
}
