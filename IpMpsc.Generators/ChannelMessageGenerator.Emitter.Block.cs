using System.Linq;
using IpMpsc.Generators.Fields;
using IpMpsc.Generators.Text;

namespace IpMpsc.Generators;

public sealed partial class ChannelMessageGenerator
{
    /// <content>The fixed block of a message that is written and read field by field, which tells the runtime
    /// everything about the message.</content>
    private sealed partial class Emitter
    {
        private void EmitFixedBlock()
        {
            if (IsInlineBlock)
            {
                _source.Line(GeneratedFile.Hidden);
            }

            _source.Line(Attributes);
            string sizes = message.Layout.IsFixedSize ? "" : ", Sizes";
            using (_source.Open($"{(IsInlineBlock ? "public" : "private")} struct FixedBlock : __blocks::IFixedBlock<{message.Identifier}, FixedBlock{sizes}>"))
            {
                // In declaration order, as the runtime lays a struct out, which is checked when a channel is opened.
                foreach (FieldEmitter member in _fields)
                {
                    _source.Line(member.BlockMember);
                }

                _source.Line($"""
                    public static __blocks::MessageTraits Traits => {Traits};
                    public static string SchemaText => {SchemaText};
                    """);
                EmitCheck("public static void Check()");
                if (HasVersionedBlock)
                {
                    _source.Line($"public static int SizeIn(ushort version) => {Versions(message.Layout.SizeBefore)};");
                }

                EmitWrite();
                if (!message.Layout.IsFixedSize)
                {
                    EmitLay();
                    EmitLaySizes();
                }

                EmitRead();
            }
        }

        private void EmitWrite()
        {
            using (_source.Open($"public static void Write(ref __wire::WireWriter writer, in {message.Identifier} message, ref FixedBlock block)"))
            {
                foreach (FieldEmitter member in _fields.Where(member => !member.Field.Type.IsVariable))
                {
                    string name = member.Field.Identifier;
                    _source.Line(member.Write($"message.{name}", $"block.{member.BlockName}"));
                }
            }
        }

        private void EmitLay()
        {
            using (_source.Open(LayHead($"{message.Identifier} message")))
            {
                foreach (FieldEmitter member in VariableFields)
                {
                    string name = member.Field.Identifier;
                    _source.Line(member.Lay($"message.{name}", $"block.{member.BlockName}"));
                }
            }
        }

        private static string LayHead(string source) =>
            $"public static void Lay<T>(ref T pass, in {source}, ref FixedBlock block) where T : struct, __wire::IWirePass, allows ref struct";

        private void EmitRead()
        {
            _source.Line($$"""
                public static {{message.Identifier}} Read(ref __wire::WireScan scan, ref readonly FixedBlock block, ushort version) => new({{(message.ReadingConstructor is null ? "" : "scan")}})
                {
                """);
            foreach (FieldEmitter member in _fields)
            {
                _source.Line($"    {member.Field.Identifier} = {member.Read(Stored(member, "block", "version"))},");
            }

            _source.Line("};");
        }
    }
}
