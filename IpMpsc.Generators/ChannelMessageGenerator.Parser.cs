using System.Collections.Immutable;
using System.Linq;
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
        private static readonly MessageLayout s_none = MessageLayout.Of(ImmutableArray<FieldModel>.Empty);

        /// <summary>
        /// The model of a message, without what breaks a rule that an analyzer reports; null if nothing can be generated, which one reports, too.
        /// </summary>
        public static MessageModel? Parse(INamedTypeSymbol message, Compilation compilation)
        {
            if (message.TypeKind != TypeKind.Struct)
            {
                return null;
            }

            var declaration = new MessageDeclaration(message, compilation);
            MessageLayout? layout = declaration.Generated;
            if (layout is null && !declaration.CanImplement)
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
                layout ?? s_none,
                declaration.Form ?? new StoredForm(s_none.Size, s_none.Alignment, s_none.PayloadAlignment, IsImage: true, IsVariable: false, IsGrowing: false, default))
            {
                IsShell = layout is null,
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
