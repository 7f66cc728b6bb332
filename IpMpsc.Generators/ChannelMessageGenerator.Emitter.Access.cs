using IpMpsc.Generators.Text;

namespace IpMpsc.Generators;

public sealed partial class ChannelMessageGenerator
{
    /// <content>What makes <c>message.View</c> and <c>claim.Writer</c> appear on the types of the channel.</content>
    private sealed partial class Emitter
    {
        private string Received => $"__ipmpsc::ReceivedMessage<{message.TypeName}>";

        private string Held => $"__ipmpsc::HeldMessage<{message.TypeName}>";

        private string Claimed => $"__ipmpsc::Claim<{message.TypeName}>";

        private string ViewType => $"{message.TypeName}.View";

        private string WriterType => message.Layout.IsImage ? $"ref {message.TypeName}" : $"{message.TypeName}.Writer";

        private const string ViewExpression = "new(message.Payload, message.SchemaVersion)";

        private string WriterExpression => message.Layout.IsImage
            ? $"ref __wire::WireWriter.Block<{message.TypeName}>(claim.Payload)"
            : "new(claim.Payload)";

        private void EmitAccess()
        {
            const string ViewSummary =
                "/// <summary>The fields of the message, read in place, until the message is released.</summary>";
            const string WriterSummary =
                "/// <summary>The fields of the message to be, written in place, until the claim ends.</summary>";
            if (message.Obsolete.Length > 0)
            {
                _source.Line(message.Obsolete);
            }

            _source.Line($"""
                {GeneratedFile.Hidden} {GeneratedFile.Attributes}
                """);
            using (_source.Open($"{message.Accessibility} static class {message.CompanionPrefix}_ChannelAccess{accessNumber}"))
            {
                if (useExtensionProperties)
                {
                    _source.Line($$"""
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
                }
                else
                {
                    _source.Line($"""
                        {ViewSummary}
                        public static {ViewType} View(this {Received} message) => {ViewExpression};

                        {ViewSummary}
                        public static {ViewType} View(this {Held} message) => {ViewExpression};

                        {WriterSummary}
                        public static {WriterType} Writer(this {Claimed} claim) => {WriterExpression};
                        """);
                }
            }
        }
    }
}
