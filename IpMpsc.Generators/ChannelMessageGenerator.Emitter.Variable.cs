using System.Collections.Generic;
using System.Linq;

namespace IpMpsc.Generators;

public sealed partial class ChannelMessageGenerator
{
    /// <content>A message with variable fields: a fixed block, and what its ranges point at behind it.</content>
    private sealed partial class Emitter
    {
        private IEnumerable<FieldModel> VariableFields => message.Fields.Where(member => member.Type.IsVariable);

        /// <summary>The fields that others than the struct itself may see.</summary>
        private IEnumerable<FieldModel> VisibleFields => message.Fields.Where(member => member.IsVisible);

        private void EmitVariableSizeBody()
        {
            EmitMeasure();
            _source.Line();
            EmitWrite();
            _source.Line();
            EmitRead();
            _source.Line();
            EmitView();
            _source.Line();
            EmitWriter();
            _source.Line();
            EmitSizes();
            _source.Line();
            EmitFixedBlock();
        }

        private void EmitMeasure()
        {
            using (_source.Open(MeasureHead))
            {
                _source.Line($"var length = new global::IpMpsc.WireLength({message.Size});");
                foreach (FieldModel member in VariableFields)
                {
                    string value = $"message.{member.Identifier}";
                    _source.Line(member.Type.Kind switch
                    {
                        FieldKind.Text => $"""length.AddText({value}, "{member.Name}");""",
                        FieldKind.Array => $"""length.AddBytes({value}?.Length ?? 0, "{member.Name}");""",
                        _ => $"""length.AddBytes({value}.Length, "{member.Name}");""",
                    });
                }

                _source.Line("return length.Total;");
            }
        }

        private void EmitWrite()
        {
            using (_source.Open(WriteHead))
            {
                EmitBlockToFill();
                foreach (FieldModel member in message.Fields)
                {
                    string value = $"message.{member.Identifier}";
                    _source.Line($"block.{member.Identifier} = " + member.Type.Kind switch
                    {
                        FieldKind.Boolean => $"{value} ? (byte)1 : (byte)0;",
                        FieldKind.Text => $"writer.Text({value});",
                        FieldKind.Memory => $"writer.Bytes({value}.Span);",
                        FieldKind.Array => $"writer.Bytes({value});",
                        _ => $"{value};",
                    });
                }
            }
        }

        private void EmitBlockToFill() => _source.Line($"""
            var writer = new global::IpMpsc.WireWriter(payload, fixedSize: {message.Size});
            ref FixedBlock block = ref global::IpMpsc.WireWriter.Block<FixedBlock>(payload);
            """);

        private void EmitRead()
        {
            using (_source.Open(ReadHead))
            {
                _source.Line($$"""
                    ref readonly FixedBlock block = ref global::IpMpsc.WireReader.Block<FixedBlock>(payload);
                    return new {{message.TypeName}}
                    {
                    """);
                foreach (FieldModel member in message.Fields)
                {
                    string stored = $"block.{member.Identifier}";
                    _source.Line($"    {member.Identifier} = " + member.Type.Kind switch
                    {
                        FieldKind.Boolean => $"{stored} != 0,",
                        FieldKind.Text => $"""global::IpMpsc.WireReader.Text(payload, {stored}, "{member.Name}"),""",
                        FieldKind.Memory or FieldKind.Array =>
                            $"""global::IpMpsc.WireReader.Bytes(payload, {stored}, "{member.Name}").ToArray(),""",
                        _ => $"{stored},",
                    });
                }

                _source.Line("};");
            }
        }

        /// <summary>The fixed block with its offsets stated, so that nothing is left to the runtime.</summary>
        private void EmitFixedBlock()
        {
            _source.Line("[global::System.Runtime.InteropServices.StructLayout("
                + $"global::System.Runtime.InteropServices.LayoutKind.Explicit, Size = {message.Size})]");
            using (_source.Open("private struct FixedBlock"))
            {
                foreach (FieldModel member in message.Fields)
                {
                    string type = member.Type.Kind switch
                    {
                        FieldKind.Fixed => member.TypeName,
                        FieldKind.Boolean => "byte",
                        _ => "global::IpMpsc.WireRange",
                    };
                    _source.Line($"[global::System.Runtime.InteropServices.FieldOffset({member.Offset})] "
                        + $"public {type} {member.Identifier};");
                }
            }
        }
    }
}
