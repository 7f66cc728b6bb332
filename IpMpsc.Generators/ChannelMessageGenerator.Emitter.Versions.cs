using System;
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
        private bool HasVersionedBlock => Versions(message.Layout.SizeBefore) is not null;

        /// <summary>A number of bytes that depends on the version of the sender; null if it is that of the whole block in each.</summary>
        private string? Versions(Func<ushort, int> before, string sender = "version")
        {
            List<(ushort Version, int Size)> older =
                message.Layout.NewVersions.OrderBy(version => version).Select(version => (version, before(version))).ToList();
            return older.All(block => block.Size == message.Layout.Size)
                ? null
                : $"{sender} switch {{ {string.Concat(older.Select(block => $"< {block.Version} => {block.Size}, "))}_ => {message.Layout.Size} }}";
        }

        /// <summary>The fixed block of a payload; as long as it was in the version of the sender.</summary>
        private string BlockOf(string type, string payload)
        {
            string size = (HasVersionedBlock, message.Layout.IsImage) switch
            {
                (false, _) => "",
                (true, true) => ", " + Versions(message.Layout.SizeBefore),
                (true, false) => ", FixedBlock.SizeIn(version)",
            };
            return $"__wire::WireReader.Block<{type}>({payload}{size})";
        }

        /// <summary>What the block holds of a field, or its default if the sender did not know the field.</summary>
        private string Stored(FieldEmitter member, string block, string version)
        {
            string stored = $"{block}.{StoredNameOf(member)}";
            return member.Field.Since > FieldModel.FirstVersion
                ? $"({version} < {member.Field.Since} ? default : {stored})"
                : stored;
        }

        /// <summary>What a field is called where it is stored.</summary>
        private string StoredNameOf(FieldEmitter member) => message.Layout.IsImage ? member.Field.Identifier : member.BlockName;
    }
}
