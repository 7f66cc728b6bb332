using System;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace IpMpsc.Generators;

/// <summary>The fixed block of a message as a C compiler would lay it out.</summary>
internal sealed record MessageLayout(int Size, int Alignment, EquatableArray<FieldModel> Fields)
{
    /// <summary>Lays out a message, or returns null if a field has a type that has no place in one.</summary>
    public static MessageLayout? Compute(INamedTypeSymbol message, Func<ITypeSymbol, FieldType?> resolve)
    {
        var fields = ImmutableArray.CreateBuilder<FieldModel>();
        int end = 0;
        int alignment = 1;
        foreach (MessageMember member in MessageMember.Of(message))
        {
            if (resolve(member.Type) is not { } type)
            {
                return null;
            }

            int offset = AlignUp(end, type.Alignment);
            fields.Add(Describe(member, type, offset));
            end = offset + type.Size;
            alignment = Math.Max(alignment, type.Alignment);
        }

        // A struct without fields takes a byte, in C++ as in .NET.
        return new MessageLayout(AlignUp(Math.Max(end, 1), alignment), alignment, new(fields.ToImmutable()));
    }

    private static FieldModel Describe(MessageMember member, FieldType type, int offset) => new(
        member.Name,
        Identifiers.Escape(member.Name),
        member.Symbol.DeclaredAccessibility == Accessibility.Private
            ? ""
            : SyntaxFacts.GetText(member.Symbol.DeclaredAccessibility),
        member.Type.SourceName(),
        type,
        offset);

    private static int AlignUp(int value, int alignment) => (value + alignment - 1) & -alignment;
}
