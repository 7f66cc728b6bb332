using System.Collections.Generic;
using System.Linq;
using IpMpsc.Generators.Fields;
using IpMpsc.Generators.Models;

namespace IpMpsc.Generators;

public sealed partial class ChannelMessageGenerator
{
    /// <content>
    /// What differs between versions of a message. The version of the record decides, never the length
    /// of the payload: the padding of an old block can be where a new field lies.
    /// </content>
    private sealed partial class Emitter
    {
        /// <summary>The fixed block of a payload; as long as it was in the version of the sender.</summary>
        private string BlockOf(string payload)
        {
            List<(ushort Version, int Size)> older = (
                from version in message.Layout.Fields.Select(field => field.Since).Distinct()
                where version > FieldModel.FirstVersion
                orderby version
                select (version, message.Layout.SizeBefore(version))).ToList();
            if (older.All(block => block.Size == message.Layout.Size))
            {
                return $"global::IpMpsc.Wire.WireReader.Block<FixedBlock>({payload})";
            }

            string sizes = string.Concat(older.Select(block => $"< {block.Version} => {block.Size}, "));
            return "global::IpMpsc.Wire.WireReader.Block<FixedBlock>"
                + $"({payload}, version switch {{ {sizes}_ => {message.Layout.Size} }})";
        }

        /// <summary>What the block holds of a field, or its default if the sender did not know the field.</summary>
        private static string Stored(FieldEmitter member, string block, string version)
        {
            string stored = $"{block}.{member.Field.Identifier}";
            return member.Field.Since > FieldModel.FirstVersion
                ? $"({version} < {member.Field.Since} ? default : {stored})"
                : stored;
        }
    }
}
