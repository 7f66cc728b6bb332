using System.Collections.Generic;
using System.Linq;
using IpMpsc.Generators.Fields;

namespace IpMpsc.Generators;

public sealed partial class ChannelMessageGenerator
{
    /// <content>The lengths of the variable fields, which must be known before a message is claimed.</content>
    private sealed partial class Emitter
    {
        /// <summary>All but the private ones: only the struct itself knows these, so they are claimed without a value.</summary>
        private IEnumerable<FieldEmitter> SizedFields => VariableFields.Where(member => member.Field.IsVisible);

        private string SizesInterface => $"__ipmpsc::IMessageSizes<{message.Identifier}>";

        private void EmitSizes()
        {
            _source.Line($"""
                /// <summary>What a <see cref="{message.Identifier}"/> is claimed for: lengths, and values of what is not filled in place.</summary>
                {Attributes}
                """);
            using (_source.Open($"public struct Sizes : {SizesInterface}"))
            {
                foreach (FieldEmitter member in SizedFields)
                {
                    _source.Line($"""
                        {InheritDoc(member)}
                        {member.SizesMember}
                        """);
                }

                EmitPayloadLength();
                EmitPrepare();
            }
        }

        private void EmitPayloadLength()
        {
            using (_source.Open($"readonly int {SizesInterface}.PayloadLength"))
            using (_source.Open("get"))
            {
                _source.Line($"var length = new __wire::WireLength({message.Layout.Size});");
                foreach (FieldEmitter member in SizedFields)
                {
                    _source.Line(member.MeasureSize($"this.{member.Field.Identifier}"));
                }

                _source.Line("return length.Total;");
            }
        }

        private void EmitPrepare()
        {
            using (_source.Open($"readonly void {SizesInterface}.Prepare({Bytes} payload)"))
            {
                EmitBlockToFill();
                foreach (FieldEmitter member in SizedFields)
                {
                    string name = member.Field.Identifier;
                    _source.Line(member.Reserve($"this.{name}", $"block.{name}"));
                }
            }
        }
    }
}
