using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace IpMpsc.Generators;

public sealed partial class ChannelProtocolGenerator
{
    /// <summary>Turns symbols into models, of which nothing keeps the compilation alive.</summary>
    private static class Parser
    {
        /// <summary>The model of a protocol, or null if it breaks a rule that an analyzer reports.</summary>
        public static ProtocolModel? Parse(GeneratorAttributeSyntaxContext target)
        {
            var protocol = (INamedTypeSymbol)target.TargetSymbol;
            if (!target.IsFirstWith(KnownNames.ChannelProtocol) || !ProtocolRules.AllowGeneration(protocol))
            {
                return null;
            }

            ImmutableArray<INamedTypeSymbol> types = ProtocolMessages.Of(protocol);
            return new ProtocolModel(
                protocol.NamespaceInSource(),
                ContainingType.Of(protocol),
                protocol.DeclarationKeyword(),
                Identifiers.Escape(protocol.Name),
                protocol.FullName(),
                types.All(type => type.EffectiveAccessibility() == "public") ? "public" : "internal",
                new(types.Select(type => Describe(type, types)).ToImmutableArray()));
        }

        private static ProtocolMessage Describe(INamedTypeSymbol type, ImmutableArray<INamedTypeSymbol> all)
        {
            MessageLayout layout = MessageLayout.Compute(type)!;

            // Two messages of one name in different namespaces are told apart by their full names.
            bool isUnique = all.Count(other => other.Name == type.Name) == 1;
            return new ProtocolMessage(
                type.SourceName(),
                isUnique ? type.Name : type.FullName().Replace('.', '_'),
                MessageIdentity.Of(type).Id,
                layout.HasView,
                layout.IsFixedSize);
        }
    }
}
