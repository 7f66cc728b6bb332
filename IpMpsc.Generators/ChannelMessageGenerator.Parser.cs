using System.Linq;
using IpMpsc.Generators.Diagnostics.Messages;
using IpMpsc.Generators.Models;
using IpMpsc.Generators.Parsing;
using IpMpsc.Generators.Text;
using Microsoft.CodeAnalysis;

namespace IpMpsc.Generators;

public sealed partial class ChannelMessageGenerator
{
    /// <summary>Turns symbols into models, which do not keep the compilation alive.</summary>
    private static class Parser
    {
        /// <summary>The model of a message, or null if it breaks a rule that an analyzer reports.</summary>
        public static MessageModel? Parse(INamedTypeSymbol message, Compilation compilation)
        {
            if (message.TypeKind != TypeKind.Struct)
            {
                return null;
            }

            var declaration = new MessageDeclaration(message, compilation);
            if (!MessageRule.AllowGeneration(declaration) || declaration is not { Layout: { } layout, Form: { } form })
            {
                return null;
            }

            MessageIdentity identity = declaration.Identity;
            return new MessageModel(
                message.NamespaceInSource(),
                message.ContainingTypesInSource(),
                message.DeclarationKeyword(),
                Identifiers.Escape(message.Name),
                message.SourceName(),
                message.FullName(),
                identity.Name,
                message.EffectiveAccessibility(),
                message.FindAttribute(KnownNames.StructLayout) is not null,
                identity.Id,
                identity.Version,
                layout,
                form)
            {
                Obsolete = message.SelfAndContainingTypes()
                    .Select(type => type.ObsoleteInSource())
                    .FirstOrDefault(attribute => attribute.Length > 0) ?? "",
                ReadingConstructor = declaration.ReadingConstructor,
                Aliases = declaration.Aliases,
                Experiments = declaration.Experiments,
            };
        }
    }
}
