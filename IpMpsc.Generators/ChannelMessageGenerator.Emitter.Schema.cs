using System.Collections.Generic;
using System.Linq;
using IpMpsc.Generators.Models;
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
                        {Literal(message.SchemaName)},
                        id: {message.Id},
                        version: {message.Version},
                        {text});
                    """);
            }
        }

        /// <summary>The schema of the message, for which every channel asks before anything is sent.</summary>
        private void EmitSchemaProperty()
        {
            List<StructImage> checks = Images().ToList();
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
                foreach (StructImage image in checks)
                {
                    _source.Line($"global::IpMpsc.Wire.WireLayout.Require<{image.TypeName}>({image.Size});");
                }

                _source.Line($"return {QualifiedSchemaHolder}.Instance;");
            }
        }

        /// <summary>The structs that lie in the ring as they lie in memory.</summary>
        private IEnumerable<StructImage> Images()
        {
            IEnumerable<StructImage> fields = message.Layout.Fields.Select(member => member.Type.Image).OfType<StructImage>();
            return message.Layout.IsFixedSize
                ? fields.Prepend(new StructImage(message.TypeName, message.Layout.Size)).Distinct()
                : fields.Distinct();
        }

        private IEnumerable<string> SchemaLines() =>
            SchemaText.Lines(message.SchemaName, message.Id, message.Version, message.Layout);

        private static string Literal(string text) => SymbolDisplay.FormatLiteral(text, quote: true);
    }
}
