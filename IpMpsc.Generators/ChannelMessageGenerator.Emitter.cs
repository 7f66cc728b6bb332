using System.Collections.Generic;
using System.Linq;
using IpMpsc.Generators.Fields;
using IpMpsc.Generators.Models;
using IpMpsc.Generators.Text;

namespace IpMpsc.Generators;

public sealed partial class ChannelMessageGenerator
{
    /// <summary>Writes the file of one message, all names qualified: the consumer's usings do not matter.</summary>
    /// <param name="message">The message.</param>
    /// <param name="companion">The name of the class beside it.</param>
    /// <param name="style">How its compilation wants it.</param>
    /// <param name="taken">Names of the author's that could hide those of the file.</param>
    private sealed partial class Emitter(MessageModel message, string companion, SourceStyle style, EquatableArray<string> taken)
    {
        private const string ReadOnlyBytes = "__system::ReadOnlySpan<byte>";
        private const string Bytes = "__system::Span<byte>";

        private readonly List<FieldEmitter> _fields = message.Layout.Fields.Select(member => new FieldEmitter(member, message.Layout)).ToList();
        private readonly IndentedWriter _source = new(style.Documents);

        /// <summary>
        /// The attributes of a type or member. One that uses something obsolete must be obsolete itself: no pragma silences the error
        /// that an author may have made of the use.
        /// </summary>
        private string Attributes => UsesObsolete ? GeneratedFile.Attributes + " [__system::Obsolete]" : GeneratedFile.Attributes;

        private bool UsesObsolete =>
            message.Obsolete.Length > 0 || message.Layout.Fields.Any(member => member.Obsolete.Length > 0);

        private IEnumerable<FieldEmitter> VariableFields => _fields.Where(member => member.Field.Type.IsVariable);

        /// <summary>The fields that others than the struct itself may see.</summary>
        private IEnumerable<FieldEmitter> VisibleFields => _fields.Where(member => member.Field.IsVisible);

        /// <summary>Whether it lies in the blocks of other messages as its own block, field by field.</summary>
        private bool IsInlineBlock => message.Form is { IsInline: true, IsImage: false };

        public string Emit()
        {
            _source.EnterNamespace(message.Namespace);
            if (message.IsShell)
            {
                EmitShell();
                return GeneratedFile.With(_source.ToString(), message.Aliases, message.Experiments, taken);
            }

            using (_source.OpenAll(message.ContainingTypes.Select(type => type.Declaration)))
            {
                EmitMessage();
            }

            _source.Line();
            EmitCompanion();
            return GeneratedFile.With(
                _source.ToString(), message.Aliases, message.Experiments, taken, message.Accessibility.Length > 0 ? message.TypeName : null);
        }

        private void EmitMessage()
        {
            if (message.Layout.IsImage && !message.HasStructLayout)
            {
                _source.Line("[__system::Runtime.InteropServices.StructLayout((__system::Runtime.InteropServices.LayoutKind)0)]");
            }

            string block = $"{message.Identifier}.FixedBlock";
            _source.Line($"[__wire::MessageLayout({message.Layout.Size}, {message.Layout.Alignment}, {message.Layout.PayloadAlignment}, "
                + $"{message.Form.Flags}, {SchemaText})]");
            using (_source.Open($"partial {message.Keyword} {message.Identifier} : "
                + (message.Layout.IsImage ? ImageInterface : $"__blocks::IBlockMessage<{message.Identifier}, {block}>")))
            {
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

        private void EmitBlockBody()
        {
            if (message.ReadingConstructor is { } arguments)
            {
                EmitReadingConstructor(arguments);
            }

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
    }
}
