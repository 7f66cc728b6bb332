using System.Collections.Generic;
using System.Linq;
using IpMpsc.Generators.Fields;
using IpMpsc.Generators.Models;
using IpMpsc.Generators.Text;

namespace IpMpsc.Generators;

public sealed partial class ChannelMessageGenerator
{
    /// <summary>Writes the file of one message, all names qualified: the consumer's usings do not matter.</summary>
    private sealed partial class Emitter(MessageModel message, string accessNumber, bool useExtensionProperties)
    {
        private const string Interface = "__ipmpsc::IChannelMessage";
        private const string ReadOnlyBytes = "__system::ReadOnlySpan<byte>";
        private const string Bytes = "__system::Span<byte>";

        private readonly List<FieldEmitter> _fields = message.Layout.Fields.Select(member => new FieldEmitter(member)).ToList();
        private readonly IndentedWriter _source = new();

        /// <summary>
        /// The attributes of a member. One that uses something obsolete must be obsolete itself: no pragma silences the error
        /// that an author may have made of the use.
        /// </summary>
        private string Attributes => UsesObsolete ? GeneratedFile.Attributes + " [__system::Obsolete]" : GeneratedFile.Attributes;

        private bool UsesObsolete =>
            message.Obsolete.Length > 0 || message.Layout.Fields.Any(member => member.Obsolete.Length > 0);

        private string SchemaHolder => message.CompanionPrefix + "Schema";

        private string QualifiedSchemaHolder =>
            "global::" + (message.Namespace.Length > 0 ? message.Namespace + "." : "") + SchemaHolder;

        public string Emit()
        {
            using (_source.OpenNamespace(message.Namespace))
            {
                using (_source.OpenAll(message.ContainingTypes.Select(type => type.Declaration)))
                {
                    EmitMessage();
                }

                if (message.Accessibility.Length > 0)
                {
                    _source.Line();
                    EmitAccess();
                }

                _source.Line();
                EmitSchema();
            }

            return GeneratedFile.With(_source.ToString(), message.Aliases, message.Experiments);
        }

        private void EmitMessage()
        {
            if (message.Layout.IsImage && !message.HasStructLayout)
            {
                _source.Line("[__system::Runtime.InteropServices.StructLayout((__system::Runtime.InteropServices.LayoutKind)0)]");
            }

            _source.Line($"[__wire::MessageLayout({message.Layout.Size}, {message.Layout.Alignment}, {message.Layout.PayloadAlignment}, "
                + $"(__wire::MessageForm){message.Form.Flags}, {QualifiedSchemaHolder}.Text)]");
            string codec = IsInlineBlock ? $", __codecs::ICodec<{message.Identifier}, {message.Identifier}.FixedBlock>" : "";
            using (_source.Open($"partial {message.Keyword} {message.Identifier} : {Interface}<{message.Identifier}>{codec}"))
            {
                EmitSchemaProperty();
                EmitIdentity();
                if (message.Layout.IsImage)
                {
                    EmitImageBody();
                }
                else
                {
                    EmitBlockBody();
                }
            }
        }

        /// <summary>Whether it lies in the blocks of other messages as its own block, field by field.</summary>
        private bool IsInlineBlock => message.Form is { IsInline: true, IsImage: false };

        // Explicit, so that none of these names is taken from the author of the message.
        private void EmitIdentity()
        {
            EmitConstant("ushort", "MessageId", $"{message.Id}");
            EmitConstant("ushort", "SchemaVersion", $"{message.Version}");
            EmitConstant("int", "FixedSize", $"{message.Layout.Size}");
            EmitConstant("bool", "IsFixedSize", message.Layout.IsFixedSize ? "true" : "false");
            EmitConstant("bool", "IsImage", message.Layout.IsImage ? "true" : "false");
            EmitConstant("int", "PayloadAlignment", $"{message.Layout.PayloadAlignment}");
        }

        private void EmitConstant(string type, string name, string value) => _source.Line(
            $$"""{{GeneratedFile.Attributes}} static {{type}} {{Interface}}<{{message.Identifier}}>.{{name}} => {{value}};""");

        private string MeasureHead =>
            $"{Attributes} static int {Interface}<{message.Identifier}>.Measure(in {message.Identifier} message)";

        private string WriteHead =>
            $"{Attributes} static void {Interface}<{message.Identifier}>.Write(in {message.Identifier} message, {Bytes} payload)";

        private string ReadHead =>
            $"{Attributes} static {message.Identifier} {Interface}<{message.Identifier}>.Read({ReadOnlyBytes} payload, ushort version)";

        /// <summary>A message that is its own wire image; an older sender's is shorter.</summary>
        private void EmitImageBody()
        {
            string ends = Versions(message.Layout.EndBefore);
            string read = message.Layout.IsEvolved
                ? $"__wire::WireReader.Image<{message.Identifier}>(payload, {ends})"
                : $"__wire::WireReader.Block<{message.Identifier}>(payload)";
            _source.Line($$"""
                {{MeasureHead}} => {{message.Layout.Size}};
                {{WriteHead}} =>
                    __system::Runtime.InteropServices.MemoryMarshal.Write(payload, in message);
                {{ReadHead}} =>
                    {{read}};

                """);
            EmitView();
        }
    }
}
