using System.Collections.Generic;
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
        /// <summary>
        /// The model of a protocol, without the messages that an analyzer reports; null if nothing can be generated, which one reports, too.
        /// </summary>
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

            ImmutableArray<MessageDeclaration> messages = declaration.Sendable.ToImmutableArray();
            HashSet<ushort> ids = [];
            return new ProtocolModel(
                protocol.NamespaceInSource(),
                protocol.ContainingTypesInSource(),
                protocol.DeclarationKeyword(),
                Identifiers.Escape(protocol.Name),
                protocol.FullName(),
                messages.All(message => message.Type.EffectiveAccessibility() == "public") ? "public" : "internal",
                new(messages.Select(message => Describe(declaration, message, ids)).ToImmutableArray()))
            {
                Obsolete = messages.Select(message => message.Type.ObsoleteInSource()).FirstOrDefault(text => text.Length > 0) ?? "",
                Aliases = declaration.Aliases,
                Experiments = declaration.Experiments,
            };
        }

        private static ProtocolMessage Describe(ProtocolDeclaration protocol, MessageDeclaration message, HashSet<ushort> ids)
        {
            // Two messages of one id have an error; another id spares them those of the compiler.
            ushort id = message.Identity.Id;
            while (!ids.Add(id))
            {
                id++;
            }

            return new ProtocolMessage(protocol.NameOf(message), protocol.NameWithin(message), id, !message.Form!.IsVariable);
        }
    }
}
