using System.Collections.Generic;
using System.Linq;
using IpMpsc.Generators.Models;
using IpMpsc.Generators.Text;
using Microsoft.CodeAnalysis.CSharp;

namespace IpMpsc.Generators;

public sealed partial class ChannelMessageGenerator
{
    /// <content>The schema text, whose grammar is in docs/schema.md, and the checks that it holds in memory.</content>
    private sealed partial class Emitter
    {
        private void EmitSchema()
        {
            _source.Line(GeneratedFile.Attributes);
            using (_source.Open($"file static class {SchemaHolder}"))
            {
                // Verbatim, so that a line of the schema is a line here; no name has a quote in it.
                _source.Verbatim("internal const string Text = @\"", string.Concat(SchemaLines().Select(line => line + "\n")), "\";");
                _source.Line(
                    $"internal static readonly __ipmpsc::MessageSchema Instance = new({Literal(message.SchemaName)}, {message.Id}, {message.Version}, Text);");
            }
        }

        /// <summary>The schema of the message, for which every channel asks before anything is sent.</summary>
        private void EmitSchemaProperty()
        {
            List<StructImage> checks = Images().ToList();
            string property = $"{Attributes} static __ipmpsc::MessageSchema {Interface}<{message.Identifier}>.Schema";
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
                    _source.Line($"__wire::WireLayout.Require<{image.TypeName}>({image.Size});");
                }

                _source.Line($"return {QualifiedSchemaHolder}.Instance;");
            }
        }

        /// <summary>The structs that lie in the ring as they lie in memory.</summary>
        private IEnumerable<StructImage> Images()
        {
            IEnumerable<StructImage> fields = message.Layout.Fields.SelectMany(member => member.Type.Images);
            return message.Layout.IsImage
                ? fields.Prepend(new StructImage(message.TypeName, message.Layout.Size)).Distinct()
                : fields.Distinct();
        }

        private IEnumerable<string> SchemaLines() =>
            SchemaText.Lines(message.SchemaName, message.Id, message.Version, message.Layout);

        private static string Literal(string text) => SymbolDisplay.FormatLiteral(text, quote: true);
    }
}
