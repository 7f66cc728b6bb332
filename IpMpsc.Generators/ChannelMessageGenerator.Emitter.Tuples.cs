using System.Collections.Generic;
using System.Linq;
using IpMpsc.Generators.Models;
using IpMpsc.Generators.Text;

namespace IpMpsc.Generators;

public sealed partial class ChannelMessageGenerator
{
    /// <content>
    /// The tuples of the message: a slot of each that is its own codec. Its methods are public, for a field that is a tuple calls them
    /// by the name of the slot.
    /// </content>
    private sealed partial class Emitter
    {
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
                {GeneratedFile.Hidden}
                {Attributes}
                """);
            using (_source.Open($"public struct {tuple.Name} : __wire::ICodec<{tuple.TypeName}, {tuple.Name}>"))
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

                string parts = string.Join(",\n    ", items.Select(item => $"{item.Element.Codec}.Read(ref scan, slot.{item.Item}, field)"));
                _source.Line($$"""
                    }
                    public static {{tuple.TypeName}} Read(ref __wire::WireScan scan, {{tuple.Name}} slot, string field) => (
                    """);
                _source.Line($"    {parts});");
            }
        }
    }
}
