using System;
using System.Collections.Immutable;
using System.Linq;
using IpMpsc.Generators.Models;
using IpMpsc.Generators.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace IpMpsc.Generators.Parsing;

/// <summary>Lays out the fields of a message.</summary>
internal static class Layouts
{
    /// <summary>The layout of a message; null if a field has a type that cannot be sent.</summary>
    public static MessageLayout? Of(INamedTypeSymbol message) => Of(message, FieldTypes.Resolve);

    /// <inheritdoc cref="Of(INamedTypeSymbol)"/>
    /// <param name="message">The message.</param>
    /// <param name="resolve">Tells the type of a field, or null.</param>
    public static MessageLayout? Of(INamedTypeSymbol message, Func<MessageMember, FieldType?> resolve)
    {
        var fields = ImmutableArray.CreateBuilder<FieldModel>();
        int end = 0;
        foreach (MessageMember member in MessageMember.Of(message))
        {
            if (resolve(member) is not { } type || end > MessageLayout.MaxSize)
            {
                return null;
            }

            int offset = MessageLayout.AlignUp(end, type.Alignment);
            fields.Add(Describe(member, type, offset));
            end = offset + type.Size;
        }

        MessageLayout layout = MessageLayout.Of(fields.ToImmutable());
        bool hasBuffer = layout.Fields.Any(member => member.Type.IsBuffer);
        return end > MessageLayout.MaxSize || (layout.HasView && hasBuffer) ? null : layout;
    }

    private static FieldModel Describe(MessageMember member, FieldType type, int offset) => new(
        member.Name,
        Identifiers.Escape(member.Name),
        member.Symbol.DeclaredAccessibility == Accessibility.Private
            ? ""
            : SyntaxFacts.GetText(member.Symbol.DeclaredAccessibility),
        member.Type.SourceName(),
        type,
        offset,
        member.Since);
}
