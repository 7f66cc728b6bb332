using System.Collections.Generic;
using System.Linq;
using IpMpsc.Generators.Fields;

namespace IpMpsc.Generators;

public sealed partial class ChannelMessageGenerator
{
    /// <content>A message with variable fields: a fixed block, and what its ranges point at behind it.</content>
    private sealed partial class Emitter
    {
        private readonly List<FieldEmitter> _fields = message.Layout.Fields.Select(FieldEmitter.For).ToList();

        private IEnumerable<FieldEmitter> VariableFields => _fields.Where(member => member.SizesType is not null);

        /// <summary>The fields that others than the struct itself may see.</summary>
        private IEnumerable<FieldEmitter> VisibleFields => _fields.Where(member => member.Field.IsVisible);

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
            if (!message.Layout.IsEvolved)
            {
                EmitLists();
                _source.Line();
            }

            EmitFixedBlock();
        }

        private void EmitMeasure()
        {
            using (_source.Open(MeasureHead))
            {
                _source.Line($"var length = new global::IpMpsc.Wire.WireLength({message.Layout.Size});");
                foreach (FieldEmitter member in VariableFields)
                {
                    _source.Line(member.Measure($"message.{member.Field.Identifier}"));
                }

                _source.Line("return length.Total;");
            }
        }

        private void EmitWrite()
        {
            using (_source.Open(WriteHead))
            {
                EmitBlockToFill();
                foreach (FieldEmitter member in _fields)
                {
                    string name = member.Field.Identifier;
                    _source.Line($"block.{name} = {member.Write($"message.{name}")};");
                }
            }
        }

        private void EmitBlockToFill() => _source.Line($"""
            var writer = new global::IpMpsc.Wire.WireWriter(payload, fixedSize: {message.Layout.Size});
            ref FixedBlock block = ref global::IpMpsc.Wire.WireWriter.Block<FixedBlock>(payload);
            """);

        private void EmitRead()
        {
            using (_source.Open(ReadHead))
            {
                _source.Line($$"""
                    ref readonly FixedBlock block = ref {{BlockOf("payload")}};
                    return new {{message.TypeName}}
                    {
                    """);
                foreach (FieldEmitter member in _fields)
                {
                    _source.Line($"    {member.Field.Identifier} = {member.Read(Stored(member, "block", "version"))},");
                }

                _source.Line("};");
            }
        }

        /// <summary>The fixed block with its offsets stated, so that nothing is left to the runtime.</summary>
        private void EmitFixedBlock()
        {
            _source.Line("[global::System.Runtime.InteropServices.StructLayout("
                + $"global::System.Runtime.InteropServices.LayoutKind.Explicit, Size = {message.Layout.Size})]");
            using (_source.Open("private struct FixedBlock"))
            {
                foreach (FieldEmitter member in _fields)
                {
                    _source.Line($"[global::System.Runtime.InteropServices.FieldOffset({member.Field.Offset})] "
                        + $"public {member.BlockType} {member.Field.Identifier};");
                }
            }
        }
    }
}
