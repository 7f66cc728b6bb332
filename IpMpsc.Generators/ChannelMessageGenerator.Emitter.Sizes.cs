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

        private void EmitSizes()
        {
            _source.Line($"""
                /// <summary>What is claimed: lengths, and values of what is not filled in place.</summary>
                {Attributes}
                """);
            using (_source.Open($"public struct Sizes : __blocks::IBlockSizes<{message.Identifier}, FixedBlock, Sizes>"))
            {
                foreach (FieldEmitter member in SizedFields)
                {
                    EmitAccessor(member, member.SizesMember);
                }
            }
        }

        /// <summary>How the fixed block is prepared for what is claimed.</summary>
        private void EmitLaySizes()
        {
            using (_source.Open(LayHead("Sizes sizes")))
            {
                foreach (FieldEmitter member in SizedFields)
                {
                    string name = member.Field.Identifier;
                    _source.Line(member.LaySize($"sizes.{name}", $"block.{member.BlockName}"));
                }
            }
        }
    }
}
