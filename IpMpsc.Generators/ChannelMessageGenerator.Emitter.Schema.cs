using System.Collections.Generic;
using System.Linq;
using IpMpsc.Generators.Models;

namespace IpMpsc.Generators;

public sealed partial class ChannelMessageGenerator
{
    /// <content>What a message says about itself: numbers, schema text, and the checks that it holds in memory.</content>
    private sealed partial class Emitter
    {
        private string Traits =>
            $"new({message.Id}, {message.Version}, {message.Layout.Size}, {message.Form.Flags}, {message.Layout.PayloadAlignment})";

        /// <summary>The constant of the companion that is the text.</summary>
        private string SchemaText =>
            $"global::{(message.Namespace.Length > 0 ? message.Namespace + "." : "")}{companion}.Schema";

        private void EmitSchema()
        {
            // Verbatim, so that a line of the schema is a line here; no name has a quote in it.
            IEnumerable<string> lines = Models.SchemaText.Lines(message.SchemaName, message.Id, message.Version, message.Layout);
            _source.Verbatim("internal const string Schema = @\"", string.Concat(lines.Select(line => line + "\n")), "\";");
        }

        /// <summary>The structs in the message that lie in the ring as they lie in memory.</summary>
        private void EmitCheck(string head)
        {
            List<StructImage> images = message.Layout.Fields.SelectMany(member => member.Type.Images).Distinct().ToList();
            if (images.Count == 0)
            {
                return;
            }

            // The JIT knows both sizes, so nothing is left of a check that holds.
            using (_source.Open(head))
            {
                foreach (StructImage image in images)
                {
                    _source.Line($"__wire::WireLayout.Require<{image.TypeName}>({image.Size});");
                }
            }
        }
    }
}
