namespace IpMpsc.Generators;

public sealed partial class ChannelProtocolGenerator
{
    /// <content>The sending side: one way to send and one to claim for each message.</content>
    private sealed partial class Emitter
    {
        private void EmitSender(string name, string baseType, string summary)
        {
            _source.Line($"""

                /// <summary>{summary}</summary>
                """);
            using (_source.Open($"{protocol.Accessibility} sealed class {name} : global::IpMpsc.{baseType}"))
            {
                _source.Line($$"""
                    internal {{name}}({{OpenParameters}}, global::IpMpsc.ProtocolOpening opening)
                        : base(s_schema, name, options, opening)
                    {
                    }
                    """);
                foreach (ProtocolMessage message in protocol.Messages)
                {
                    EmitSends(message);
                    EmitClaims(message);
                }
            }
        }

        private void EmitSends(ProtocolMessage message) => _source.Line($"""

            /// <summary>Sends a <see cref="{message.TypeName}"/>, as soon as there is room for it.</summary>
            public void Send(in {message.TypeName} message, {Token}) =>
                SendMessage(in message, cancellationToken);

            /// <summary>Sends a <see cref="{message.TypeName}"/>, if there is room for it now.</summary>
            public bool TrySend(in {message.TypeName} message) => TrySendMessage(in message);

            /// <summary>Sends a <see cref="{message.TypeName}"/>, if there is room for it within a time.</summary>
            public bool TrySend(in {message.TypeName} message, {Timeout}, {Token}) =>
                TrySendMessage(in message, timeout, cancellationToken);
            """);

        private void EmitClaims(ProtocolMessage message)
        {
            string claim = $"global::IpMpsc.Claim<{message.TypeName}>";
            string sizes = message.IsFixedSize ? "" : $"{message.TypeName}.Sizes sizes, ";
            string generic = message.IsFixedSize ? $"<{message.TypeName}>" : $"<{message.TypeName}, {message.TypeName}.Sizes>";
            string argument = message.IsFixedSize ? "" : "sizes, ";
            _source.Line($"""

                /// <summary>Claims a <see cref="{message.TypeName}"/> to be filled in place, as soon as there is room for it.</summary>
                public {claim} Claim{message.Name}({sizes}{Token}) =>
                    ClaimMessage{generic}({argument}cancellationToken);

                /// <summary>Claims a <see cref="{message.TypeName}"/> to be filled in place, if there is room for it within a time.</summary>
                public bool TryClaim{message.Name}({sizes}out {claim} claim, {Timeout} = default, {Token}) =>
                    TryClaimMessage{generic}({argument}out claim, timeout, cancellationToken);
                """);
        }
    }
}
