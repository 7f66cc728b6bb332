using System.Linq;
using IpMpsc.Generators.Models;
using IpMpsc.Generators.Text;

namespace IpMpsc.Generators;

public sealed partial class ChannelMessageGenerator
{
    /// <summary>Writes the file of one message, all names qualified: the consumer's usings do not matter.</summary>
    private sealed partial class Emitter(MessageModel message, string accessNumber, bool useExtensionProperties)
    {
        private const string Interface = "global::IpMpsc.IChannelMessage";
        private const string ReadOnlyBytes = "global::System.ReadOnlySpan<byte>";
        private const string Bytes = "global::System.Span<byte>";
        private const string Hidden =
            "[global::System.ComponentModel.EditorBrowsable(global::System.ComponentModel.EditorBrowsableState.Never)]";

        private readonly IndentedWriter _source = new();

        private string SchemaHolder => message.CompanionPrefix + "Schema";

        private string QualifiedSchemaHolder =>
            "global::" + (message.Namespace.Length > 0 ? message.Namespace + "." : "") + SchemaHolder;

        public string Emit()
        {
            _source.Line(GeneratedFile.Head);
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

            return _source.ToString();
        }

        private void EmitMessage()
        {
            if (message.Layout.IsFixedSize && !message.HasStructLayout)
            {
                _source.Line("[global::System.Runtime.InteropServices.StructLayout("
                    + "global::System.Runtime.InteropServices.LayoutKind.Sequential)]");
            }

            using (_source.Open($"partial {message.Keyword} {message.Identifier} : {Interface}<{message.TypeName}>"))
            {
                EmitSchemaProperty();
                _source.Line();
                EmitIdentity();
                _source.Line();
                if (!message.Layout.HasView)
                {
                    EmitFixedSizeBody();
                }
                else if (message.Layout.IsFixedSize)
                {
                    EmitEvolvedFixedSizeBody();
                }
                else
                {
                    EmitVariableSizeBody();
                }
            }
        }

        // Explicit, so that none of these names is taken from the author of the message.
        private void EmitIdentity() => _source.Line($$"""
            static ushort {{Interface}}<{{message.TypeName}}>.MessageId => {{message.Id}};

            static ushort {{Interface}}<{{message.TypeName}}>.SchemaVersion => {{message.Version}};

            static int {{Interface}}<{{message.TypeName}}>.FixedSize => {{message.Layout.Size}};

            static bool {{Interface}}<{{message.TypeName}}>.IsFixedSize => {{(message.Layout.IsFixedSize ? "true" : "false")}};
            """);

        private string MeasureHead =>
            $"static int {Interface}<{message.TypeName}>.Measure(in {message.TypeName} message)";

        private string WriteHead =>
            $"static void {Interface}<{message.TypeName}>.Write(in {message.TypeName} message, {Bytes} payload)";

        private string ReadHead =>
            $"static {message.TypeName} {Interface}<{message.TypeName}>.Read({ReadOnlyBytes} payload, ushort version)";

        /// <summary>A fixed-size message is its own wire image.</summary>
        private void EmitFixedSizeBody()
        {
            EmitImage();
            _source.Line($"""

                {ReadHead} =>
                    global::IpMpsc.Wire.WireReader.Block<{message.TypeName}>(payload);
                """);
        }

        /// <summary>One that has grown is so only in its own version: an older sender's is shorter.</summary>
        private void EmitEvolvedFixedSizeBody()
        {
            EmitImage();
            _source.Line();
            EmitRead();
            _source.Line();
            EmitView();
            _source.Line();
            EmitFixedBlock();
        }

        private void EmitImage() => _source.Line($$"""
            {{MeasureHead}} => {{message.Layout.Size}};

            {{WriteHead}} =>
                global::System.Runtime.InteropServices.MemoryMarshal.Write(payload, in message);
            """);
    }
}
