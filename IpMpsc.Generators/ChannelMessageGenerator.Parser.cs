using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace IpMpsc.Generators;

public sealed partial class ChannelMessageGenerator
{
    /// <summary>Turns symbols into models, of which nothing keeps the compilation alive.</summary>
    private static class Parser
    {
        /// <summary>The model of a message, or null if it breaks a rule that an analyzer reports.</summary>
        public static MessageModel? Parse(GeneratorAttributeSyntaxContext target)
        {
            var message = (INamedTypeSymbol)target.TargetSymbol;
            if (message.TypeKind != TypeKind.Struct ||
                !IsFirstApplication(target, message) ||
                !MessageRule.AllowGeneration(message) ||
                MessageLayout.Compute(message, FieldTypes.Resolve) is not { } layout)
            {
                return null;
            }

            string fullName = message.FullName();
            return new MessageModel(
                message.ContainingNamespace.IsGlobalNamespace
                    ? ""
                    : message.ContainingNamespace.ToDisplayString(s_namespaceInSource),
                new(message.SelfAndContainingTypes().Skip(1).Reverse()
                    .Select(type => new ContainingType(Keyword(type), Identifiers.Escape(type.Name)))
                    .ToImmutableArray()),
                Keyword(message),
                Identifiers.Escape(message.Name),
                message.SourceName(),
                fullName,
                EffectiveAccessibility(message),
                message.FindAttribute(KnownNames.StructLayout) is not null,
                ExplicitId(target.Attributes[0]) is var id and not 0 ? id : MessageId.Derive(fullName),
                layout.Size,
                layout.Alignment,
                layout.Fields);
        }

        private static readonly SymbolDisplayFormat s_namespaceInSource = SymbolDisplayFormat.FullyQualifiedFormat
            .WithGlobalNamespaceStyle(SymbolDisplayGlobalNamespaceStyle.Omitted);

        // A second [ChannelMessage] on another partial declaration is the compiler's error to report;
        // generating the same file twice would bury it under one of the generator.
        private static bool IsFirstApplication(GeneratorAttributeSyntaxContext target, INamedTypeSymbol message) =>
            message.FindAttribute(KnownNames.ChannelMessage)?.ApplicationSyntaxReference is { } first &&
            first.SyntaxTree == target.TargetNode.SyntaxTree &&
            target.TargetNode.FullSpan.Contains(first.Span);

        private static string Keyword(INamedTypeSymbol type) => (type.TypeKind, type.IsRecord) switch
        {
            (TypeKind.Struct, true) => "record struct",
            (TypeKind.Struct, false) => "struct",
            (TypeKind.Interface, _) => "interface",
            (_, true) => "record",
            (_, false) => "class",
        };

        // The types beside the message lie in its namespace, where only these two keywords exist, and
        // can name it only if nothing around it is private or protected.
        private static string EffectiveAccessibility(INamedTypeSymbol message)
        {
            string result = "public";
            foreach (INamedTypeSymbol type in message.SelfAndContainingTypes())
            {
                switch (type.DeclaredAccessibility)
                {
                    case Accessibility.Public:
                        break;
                    case Accessibility.Internal or Accessibility.ProtectedOrInternal:
                        result = "internal";
                        break;
                    default:
                        return "";
                }
            }

            return result;
        }

        private static ushort ExplicitId(AttributeData attribute) =>
            attribute.NamedArguments.FirstOrDefault(argument => argument.Key == "Id").Value.Value as ushort? ?? 0;
    }
}
