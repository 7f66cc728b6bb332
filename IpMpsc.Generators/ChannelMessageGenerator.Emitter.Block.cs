using System.Collections.Generic;
using System.Linq;
using IpMpsc.Generators.Fields;
using IpMpsc.Generators.Models;
using IpMpsc.Generators.Text;

namespace IpMpsc.Generators;

public sealed partial class ChannelMessageGenerator
{
    /// <content>A message that is written and read field by field: a fixed block, and what its ranges point at behind it.</content>
    private sealed partial class Emitter
    {
        private IEnumerable<FieldEmitter> VariableFields => _fields.Where(member => member.Field.Type.IsVariable);

        /// <summary>The fields that others than the struct itself may see.</summary>
        private IEnumerable<FieldEmitter> VisibleFields => _fields.Where(member => member.Field.IsVisible);

        private void EmitBlockBody()
        {
            if (message.ReadingConstructor is { } arguments)
            {
                EmitReadingConstructor(arguments);
            }

            if (IsInlineBlock)
            {
                EmitInlineCodec();
            }
            else
            {
                EmitMeasure();
                EmitWrite();
                EmitRead();
            }

            _source.Line();
            EmitView();
            _source.Line();
            EmitWriter();
            _source.Line();
            if (!message.Layout.IsFixedSize)
            {
                EmitSizes();
                _source.Line();
            }

            EmitTuples();
            EmitFixedBlock();
        }

        /// <summary>
        /// The constructor of a message that has a required property over other fields. Reading sets those fields alone: a call of
        /// the property's setter could refuse the value, or change one that was read.
        /// </summary>
        private void EmitReadingConstructor(string arguments)
        {
            string chain = arguments.Length > 0 ? $" : this({arguments})" : "";
            _source.Line($$"""
                #pragma warning disable CS8618, CS9264
                {{Attributes}} [__system::Diagnostics.CodeAnalysis.SetsRequiredMembers]
                private {{message.Identifier}}(__wire::WireScan _){{chain}} { }
                #pragma warning restore CS8618, CS9264
                """);
        }

        private void EmitMeasure()
        {
            if (message.Layout.IsFixedSize)
            {
                _source.Line($"{MeasureHead} => {message.Layout.Size};");
                return;
            }

            using (_source.Open(MeasureHead))
            {
                _source.Line($"var length = new __wire::WireLength({message.Layout.Size});");
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
                EmitWrites("message", "block");
            }
        }

        private void EmitWrites(string value, string block)
        {
            foreach (FieldEmitter member in _fields)
            {
                string name = member.Field.Identifier;
                _source.Line(member.Write($"{value}.{name}", $"{block}.{name}"));
            }
        }

        private void EmitBlockToFill() => _source.Line($"""
            var writer = new __wire::WireWriter(payload, fixedSize: {message.Layout.Size});
            ref FixedBlock block = ref __wire::WireWriter.Block<FixedBlock>(payload);
            """);

        private void EmitRead()
        {
            using (_source.Open(ReadHead))
            {
                _source.Line($"""
                    ref readonly FixedBlock block = ref {BlockOf("FixedBlock", "payload")};
                    var scan = new __wire::WireScan(payload);
                    """);
                EmitInitializer(member => Stored(member, "block", "version"));
            }
        }

        private void EmitInitializer(System.Func<FieldEmitter, string> stored)
        {
            _source.Line($$"""
                return new {{message.Identifier}}{{(message.ReadingConstructor is null ? "" : "(scan)")}}
                {
                """);
            foreach (FieldEmitter member in _fields)
            {
                _source.Line($"    {member.Field.Identifier} = {member.Read(stored(member))},");
            }

            _source.Line("};");
        }

        /// <summary>A message that lies in the blocks of others: it is the codec of its block.</summary>
        private void EmitInlineCodec()
        {
            string block = $"FixedBlock";
            string codec = $"__codecs::ICodec<{message.Identifier}, {block}>";
            string generic = $"<{message.Identifier}, {block}, {message.Identifier}>";
            _source.Line($$"""
                {{MeasureHead}} => {{message.Layout.Size}};
                {{WriteHead}} =>
                    __codecs::FixedBlocks.Write{{generic}}(in message, payload);
                {{ReadHead}} =>
                    __codecs::FixedBlocks.Read{{generic}}(payload);
                {{GeneratedFile.Attributes}} static bool {{codec}}.IsFixed => true;
                {{Attributes}} static void {{codec}}.Measure(ref __wire::WireLength length, in {{message.Identifier}} value, string field) { }
                """);
            using (_source.Open($"{Attributes} static void {codec}.Write(ref __wire::WireWriter writer, in {message.Identifier} value, ref {block} slot)"))
            {
                EmitWrites("value", "slot");
            }

            using (_source.Open($"{Attributes} static {message.Identifier} {codec}.Read(ref __wire::WireScan scan, {block} slot, string field)"))
            {
                EmitInitializer(member => $"slot.{member.Field.Identifier}");
            }
        }

        /// <summary>
        /// The tuples of the message: a slot of each that is its own codec. Its methods are public, for a field that is a tuple calls them
        /// by the name of the slot.
        /// </summary>
        private void EmitTuples()
        {
            foreach (TupleModel tuple in message.Layout.Fields.SelectMany(member => member.Type.Tuples).Distinct())
            {
                EmitTuple(tuple);
                _source.Line();
            }
        }

        private void EmitTuple(TupleModel tuple)
        {
            _source.Line($"""
                {GeneratedFile.Hidden} {Attributes}
                """);
            using (_source.Open($"public struct {tuple.Name} : __codecs::ICodec<{tuple.TypeName}, {tuple.Name}>"))
            {
                List<(string Item, TupleElementModel Element)> items =
                    tuple.Elements.Select((element, index) => ($"Item{index + 1}", element)).ToList();
                foreach ((string item, TupleElementModel element) in items)
                {
                    _source.Line($"private {element.Slot} {item};");
                }

                _source.Line($$"""
                    public static bool IsFixed => {{(tuple.IsVariable ? "false" : "true")}};
                    public static void Measure(ref __wire::WireLength length, in {{tuple.TypeName}} value, string field)
                    {
                    """);
                foreach ((string item, TupleElementModel element) in items)
                {
                    _source.Line($"    {element.Codec}.Measure(ref length, value.{item}, field);");
                }

                _source.Line($$"""
                    }
                    public static void Write(ref __wire::WireWriter writer, in {{tuple.TypeName}} value, ref {{tuple.Name}} slot)
                    {
                    """);
                foreach ((string item, TupleElementModel element) in items)
                {
                    _source.Line($"    {element.Codec}.Write(ref writer, value.{item}, ref slot.{item});");
                }

                string parts = string.Join(",\n        ", items.Select(item => $"{item.Element.Codec}.Read(ref scan, slot.{item.Item}, field)"));
                _source.Line($$"""
                    }
                    public static {{tuple.TypeName}} Read(ref __wire::WireScan scan, {{tuple.Name}} slot, string field) => (
                        {{parts}});
                    """);
            }
        }

        /// <summary>The fixed block with its offsets stated, so that nothing is left to the runtime.</summary>
        private void EmitFixedBlock()
        {
            _source.Line($"""
                {GeneratedFile.Hidden} {GeneratedFile.Attributes}
                [__system::Runtime.InteropServices.StructLayout((__system::Runtime.InteropServices.LayoutKind)2, Size = {message.Layout.Size})]
                """);
            using (_source.Open($"{(IsInlineBlock ? "public" : "private")} struct FixedBlock"))
            {
                foreach (FieldEmitter member in _fields)
                {
                    _source.Line(member.BlockMember);
                }
            }
        }
    }
}
