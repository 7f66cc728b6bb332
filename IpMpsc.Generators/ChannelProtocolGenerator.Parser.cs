using System.Collections.Immutable;
using System.Linq;
using IpMpsc.Generators.Diagnostics.Protocols;
using IpMpsc.Generators.Models;
using IpMpsc.Generators.Parsing;
using IpMpsc.Generators.Text;
using Microsoft.CodeAnalysis;

namespace IpMpsc.Generators;

public sealed partial class ChannelProtocolGenerator
{
    /// <summary>Turns symbols into models, which do not keep the compilation alive.</summary>
    private static class Parser
    {
        /// <summary>The model of a protocol, or null if it breaks a rule that an analyzer reports.</summary>
        public static ProtocolModel? Parse(INamedTypeSymbol protocol, Compilation compilation)
        {
            if (protocol.TypeKind != TypeKind.Class)
            {
                return null;
            }

            var declaration = new ProtocolDeclaration(protocol, compilation);
            if (!ProtocolRule.AllowGeneration(declaration))
            {
                return null;
            }

            ImmutableArray<MessageDeclaration> messages = declaration.Messages;
            return new ProtocolModel(
                protocol.NamespaceInSource(),
                protocol.ContainingTypesInSource(),
                protocol.DeclarationKeyword(),
                Identifiers.Escape(protocol.Name),
                protocol.FullName(),
                messages.All(message => message.Type.EffectiveAccessibility() == "public") ? "public" : "internal",
                new(messages.Select(message => Describe(declaration, message)).ToImmutableArray()))
            {
                Obsolete = messages.Select(message => message.Type.ObsoleteInSource()).FirstOrDefault(text => text.Length > 0) ?? "",
                Aliases = declaration.Aliases,
                Experiments = declaration.Experiments,
            };
        }

        private static ProtocolMessage Describe(ProtocolDeclaration protocol, MessageDeclaration message) => new(
            protocol.NameOf(message), protocol.NameWithin(message), message.Identity.Id, !message.Form!.IsVariable);
    }
}
