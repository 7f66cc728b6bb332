using IpMpsc.Generators.Models;
using IpMpsc.Generators.Text;

namespace IpMpsc.Generators;

public sealed partial class ChannelProtocolGenerator
{
    /// <content>The sending side: one way to send and one to claim for each message.</content>
    private sealed partial class Emitter
    {
        private const string ValueTask = "global::System.Threading.Tasks.ValueTask";

        private void EmitSender(string name, string baseType, string summary)
        {
            _source.Line($"""

                /// <summary>{summary}</summary>
                {GeneratedFile.Attributes}
                """);
            using (_source.Open($"{protocol.Accessibility} sealed class {name} : __generated::{baseType}"))
            {
                _source.Line($$"""
                    internal {{name}}({{OpenParameters}}, __generated::ProtocolOpening opening)
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

            /// <summary>Sends a <see cref="{message.TypeName}"/>, as soon as there is room for it, without holding a thread.</summary>
            public {ValueTask} SendAsync({message.TypeName} message, {Token}) =>
                SendMessageAsync(in message, cancellationToken);

            /// <summary>Sends a <see cref="{message.TypeName}"/>, as soon as the ring is empty.</summary>
            public void SendWhenEmpty(in {message.TypeName} message, {Token}) =>
                SendMessageWhenEmpty(in message, cancellationToken);

            /// <summary>Sends a <see cref="{message.TypeName}"/>, if the ring becomes empty within a time.</summary>
            public bool TrySendWhenEmpty(in {message.TypeName} message, {Timeout}, {Token}) =>
                TrySendMessageWhenEmpty(in message, timeout, cancellationToken);

            /// <summary>Sends messages in their order, as many with one claim as there is contiguous room for.</summary>
            public void SendBatch({Span(message)} messages, {Token}) => SendMessages(messages, cancellationToken);

            /// <summary>Sends as many messages, from the first on, as there is room for now, and returns how many.</summary>
            public int TrySendBatch({Span(message)} messages) => TrySendMessages(messages);
            """);

        private static string Span(ProtocolMessage message) => $"global::System.ReadOnlySpan<{message.TypeName}>";

        private void EmitClaims(ProtocolMessage message)
        {
            string claim = $"__ipmpsc::Claim<{message.TypeName}>";
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
