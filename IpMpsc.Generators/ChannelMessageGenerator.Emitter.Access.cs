namespace IpMpsc.Generators;

public sealed partial class ChannelMessageGenerator
{
    /// <content>What makes <c>message.View</c> and <c>claim.Writer</c> appear on the types of the channel.</content>
    private sealed partial class Emitter
    {
        private string Received => $"global::IpMpsc.ReceivedMessage<{message.TypeName}>";

        private string Held => $"global::IpMpsc.HeldMessage<{message.TypeName}>";

        private string Claimed => $"global::IpMpsc.Claim<{message.TypeName}>";

        private string ViewType =>
            message.Layout.HasView ? $"{message.TypeName}.View" : $"ref readonly {message.TypeName}";

        private string WriterType =>
            message.Layout.IsFixedSize ? $"ref {message.TypeName}" : $"{message.TypeName}.Writer";

        private string ViewExpression => message.Layout.HasView
            ? "new(message.Payload, message.SchemaVersion)"
            : $"ref global::IpMpsc.Wire.WireReader.Block<{message.TypeName}>(message.Payload)";

        private string WriterExpression => message.Layout.IsFixedSize
            ? $"ref global::IpMpsc.Wire.WireWriter.Block<{message.TypeName}>(claim.Payload)"
            : $"new(claim.Payload)";

        private void EmitAccess()
        {
            const string ViewSummary =
                "/// <summary>The fields of the message, read in place, until the message is released.</summary>";
            const string WriterSummary =
                "/// <summary>The fields of the message to be, written in place, until the claim ends.</summary>";
            _source.Line($"""
                /// <summary>Access to <see cref="{message.TypeName}"/> in the ring.</summary>
                {Hidden}
                """);
            using (_source.Open($"{message.Accessibility} static class {message.CompanionPrefix}_ChannelAccess{accessNumber}"))
            {
                if (useExtensionProperties)
                {
                    _source.Line($$"""
                        /// <param name="message">A message that has been received.</param>
                        extension({{Received}} message)
                        {
                            {{ViewSummary}}
                            public {{ViewType}} View => {{ViewExpression}};
                        }

                        /// <param name="message">A message that is held.</param>
                        extension({{Held}} message)
                        {
                            {{ViewSummary}}
                            public {{ViewType}} View => {{ViewExpression}};
                        }

                        /// <param name="claim">A claim for a message.</param>
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
                        /// <param name="message">A message that has been received.</param>
                        public static {ViewType} View(this {Received} message) => {ViewExpression};

                        {ViewSummary}
                        /// <param name="message">A message that is held.</param>
                        public static {ViewType} View(this {Held} message) => {ViewExpression};

                        {WriterSummary}
                        /// <param name="claim">A claim for a message.</param>
                        public static {WriterType} Writer(this {Claimed} claim) => {WriterExpression};
                        """);
                }
            }
        }
    }
}
