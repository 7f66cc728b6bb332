using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis.CSharp;

namespace IpMpsc.Generators;

public sealed partial class ChannelMessageGenerator
{
    /// <content>The schema text, whose grammar is in docs/schema.md, and the checks that it holds in memory.</content>
    private sealed partial class Emitter
    {
        private void EmitSchema()
        {
            using (_source.Open($"file static class {SchemaHolder}"))
            {
                string text = string.Join("\n        + ", SchemaLines().Select(line => Literal(line + "\n")));
                _source.Line($"""
                    internal static readonly global::IpMpsc.MessageSchema Instance = new(
                        {Literal(message.FullName)},
                        id: {message.Id},
                        version: 1,
                        {text});
                    """);
            }
        }

        /// <summary>The schema of the message, for which every channel asks before anything is sent.</summary>
        private void EmitSchemaProperty()
        {
            List<(string Type, int Size)> checks = SizesToCheck().ToList();
            string property = $"static global::IpMpsc.MessageSchema {Interface}<{message.TypeName}>.Schema";
            if (checks.Count == 0)
            {
                _source.Line($"{property} => {QualifiedSchemaHolder}.Instance;");
                return;
            }

            // Here rather than in the holder, because a private struct cannot be named there; the JIT
            // knows both sizes, so nothing is left of a check that holds.
            using (_source.Open(property))
            using (_source.Open("get"))
            {
                foreach ((string type, int size) in checks)
                {
                    _source.Line($"global::IpMpsc.WireLayout.Require<{type}>({size});");
                }

                _source.Line($"return {QualifiedSchemaHolder}.Instance;");
            }
        }

        /// <summary>The structs that lie in the ring as they lie in memory, and their sizes there.</summary>
        private IEnumerable<(string Type, int Size)> SizesToCheck()
        {
            IEnumerable<(string, int)> nested = message.Fields
                .Where(member => member.Type.Members.Count > 0)
                .Select(member => (member.TypeName, member.Type.Size))
                .Distinct();
            return message.IsFixedSize ? nested.Prepend((message.TypeName, message.Size)) : nested;
        }

        private IEnumerable<string> SchemaLines() =>
            FieldLines(message.Fields, indent: "  ")
                .Prepend($"message {message.FullName} id {message.Id} version 1 size {message.Size}");

        private static IEnumerable<string> FieldLines(IEnumerable<FieldModel> fields, string indent) =>
            fields.SelectMany(member =>
                FieldLines(member.Type.Members, indent + "  ")
                    .Prepend($"{indent}{member.Name} {member.Type.SchemaName} @{member.Offset}"));

        private static string Literal(string text) => SymbolDisplay.FormatLiteral(text, quote: true);
    }
}
