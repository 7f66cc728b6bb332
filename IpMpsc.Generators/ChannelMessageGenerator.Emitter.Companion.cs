using System.Linq;
using IpMpsc.Generators.Text;

namespace IpMpsc.Generators;

public sealed partial class ChannelMessageGenerator
{
    /// <content>
    /// The class beside the message: its schema text, and what makes <c>message.View</c> and <c>claim.Writer</c> appear on the
    /// types of the channel.
    /// </content>
    private sealed partial class Emitter
    {
        private const string ViewExpression = "new(message.Payload, message.SchemaVersion)";

        private const string ViewSummary = "/// <summary>The fields, until the message is released.</summary>";

        private const string WriterSummary = "/// <summary>The fields, until the claim ends.</summary>";

        /// <summary>The message, outside of it.</summary>
        private string Self => taken.Contains(GeneratedFile.Self) ? message.TypeName : GeneratedFile.Self;

        private string Received => $"__ipmpsc::ReceivedMessage<{Self}>";

        private string Held => $"__ipmpsc::HeldMessage<{Self}>";

        private string Claimed => $"__ipmpsc::Claim<{Self}>";

        private string ViewType => $"{Self}.View";

        private string WriterType => message.Layout.IsImage ? $"ref {Self}" : $"{Self}.Writer";

        private string WriterExpression => message.Layout.IsImage
            ? $"ref __wire::WireWriter.Block<{Self}>(claim.Payload)"
            : "new(claim.Payload)";

        private void EmitCompanion()
        {
            if (message.Obsolete.Length > 0)
            {
                _source.Line(message.Obsolete);
            }

            _source.Line($"""
                {GeneratedFile.Hidden}
                {GeneratedFile.Attributes}
                """);
            string accessibility = message.Accessibility.Length > 0 ? message.Accessibility : "internal";
            using (_source.Open($"{accessibility} static class {companion}"))
            {
                EmitSchema();
                if (message.Accessibility.Length == 0)
                {
                    return; // Nothing beside it may name it.
                }

                if (style.ExtensionProperties)
                {
                    EmitProperties();
                }
                else
                {
                    EmitMethods();
                }
            }
        }

        private void EmitProperties() => _source.Line($$"""
            extension({{Received}} message)
            {
                {{ViewSummary}}
                public {{ViewType}} View => {{ViewExpression}};
            }
            extension({{Held}} message)
            {
                {{ViewSummary}}
                public {{ViewType}} View => {{ViewExpression}};
            }
            extension({{Claimed}} claim)
            {
                {{WriterSummary}}
                public {{WriterType}} Writer => {{WriterExpression}};
            }
            """);

        private void EmitMethods() => _source.Line($"""
            {ViewSummary}
            public static {ViewType} View(this {Received} message) => {ViewExpression};
            {ViewSummary}
            public static {ViewType} View(this {Held} message) => {ViewExpression};
            {WriterSummary}
            public static {WriterType} Writer(this {Claimed} claim) => {WriterExpression};
            """);
    }
}
