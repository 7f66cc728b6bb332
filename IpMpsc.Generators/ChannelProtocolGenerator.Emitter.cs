using System.Linq;
using IpMpsc.Generators.Models;
using IpMpsc.Generators.Text;

namespace IpMpsc.Generators;

public sealed partial class ChannelProtocolGenerator
{
    /// <summary>Writes the file of one protocol, all names qualified: the consumer's usings do not matter.</summary>
    private sealed partial class Emitter(ProtocolModel protocol, EquatableArray<string> taken)
    {
        private const string Token = "global::System.Threading.CancellationToken cancellationToken = default";
        private const string Timeout = "global::System.TimeSpan timeout";
        private const string OpenParameters = "string name, __ipmpsc::IpcChannelOptions? options";
        private const string TypeParameter = "{T}";

        private readonly IndentedWriter _source = new();

        public string Emit()
        {
            _source.EnterNamespace(protocol.Namespace);
            using (_source.OpenAll(protocol.ContainingTypes.Select(type => type.Declaration)))
            using (_source.Open($"partial {protocol.Keyword} {protocol.Identifier}"))
            {
                EmitSchema();
                EmitFactories();
                EmitKind();
                EmitHandler();
                EmitMessage();
                EmitHeldMessage();
                EmitReceiver();
                EmitSender("Sender", "ProtocolSender", "Sends the messages of the protocol; any number of threads may share it.");
                EmitSender(
                    "ExclusiveSender", "ExclusiveProtocolSender", "Sends the messages of the protocol for one thread, a little faster.");
            }

            return GeneratedFile.With(_source.ToString(), protocol.Aliases, protocol.Experiments, taken);
        }

        private void EmitSchema()
        {
            string messages = string.Concat(
                protocol.Messages.Select(message => $",\n    __ipmpsc::MessageSchema.Of<{message.TypeName}>()"));
            _source.Line($"""
                {GeneratedFile.Mark}
                private static readonly __generated::ProtocolSchema s_schema = new(
                    "{protocol.FullName}"{messages});
                """);
        }

        private void EmitFactories()
        {
            EmitFactory("Receiver", "Create");
            EmitFactory("Receiver", "Open");
            EmitFactory("Receiver", "OpenOrCreate");
            EmitFactory("Receiver", "Replace");
            _source.Line($"""

                /// <inheritdoc cref="global::IpMpsc.Receiver{TypeParameter}.CreateTemporary"/>
                {GeneratedFile.Attributes}
                {protocol.Accessibility} static Receiver CreateTemporaryReceiver(__ipmpsc::IpcChannelOptions? options = null) =>
                    new(options);
                """);
            EmitFactory("Sender", "Open");
            EmitFactory("Sender", "OpenOrCreate");
            EmitFactory("ExclusiveSender", "Open");
            EmitFactory("ExclusiveSender", "OpenOrCreate");
        }

        /// <summary>A method that does what the method of this name of the generic sender or receiver does.</summary>
        private void EmitFactory(string type, string verb) => _source.Line($"""

            /// <inheritdoc cref="global::IpMpsc.{type}{TypeParameter}.{verb}(string, global::IpMpsc.IpcChannelOptions?)"/>
            {GeneratedFile.Attributes}
            {protocol.Accessibility} static {type} {verb}{type}({OpenParameters} = null) =>
                new(name, options, __generated::ProtocolOpening.{verb});
            """);

        private void EmitKind()
        {
            _source.Line($"""

                /// <summary>The messages of the protocol, by their ids.</summary>
                {GeneratedFile.Mark}
                """);
            using (_source.Open($"{protocol.Accessibility} enum MessageKind : ushort"))
            {
                foreach (ProtocolMessage message in protocol.Messages)
                {
                    _source.Line($"""
                        /// <summary>A <see cref="{message.TypeName}"/>.</summary>
                        {Identifiers.Escape(message.Name)} = {message.Id},
                        """);
                }
            }
        }

        private void EmitHandler()
        {
            _source.Line($"""

                /// <summary>Handles the messages of the protocol in place: each is released when its method returns.</summary>
                {GeneratedFile.Mark}
                """);
            using (_source.Open($"{protocol.Accessibility} interface IHandler"))
            {
                foreach (ProtocolMessage message in protocol.Messages)
                {
                    _source.Line($"""
                        /// <summary>Handles a <see cref="{message.TypeName}"/>.</summary>
                        /// <param name="message">The message in the ring, for the time of the call.</param>
                        void Handle({message.TypeName}.View message);
                        """);
                }
            }
        }
    }
}
