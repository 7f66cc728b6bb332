using System.Collections.Immutable;
using System.Linq;
using IpMpsc.Generators.Models;
using Microsoft.CodeAnalysis;

namespace IpMpsc.Generators.Parsing;

/// <summary>The types that a field of a message can have.</summary>
internal static class FieldTypes
{
    /// <summary>A range: offset and length, 32 bits each.</summary>
    private const int RangeSize = 8;
    private const int RangeAlignment = 4;

    /// <summary>What the wire format knows about the type of a field, or null if it has no place in a message.</summary>
    public static FieldType? Resolve(MessageMember member) => Resolve(member, ImmutableStack<ITypeSymbol>.Empty);

    private static FieldType? Resolve(MessageMember member, ImmutableStack<ITypeSymbol> outer)
    {
        if (member.Storage.IsFixedSizeBuffer)
        {
            return FixedTypes.Buffer(member.Storage);
        }

        return member.IsUtf16
            ? member.Type.SpecialType == SpecialType.System_String
                ? Nullable(member.Type, Variable(FieldKind.Text16, "utf16", "char", dataAlignment: 2))
                : null
            : Resolve(member.Type, outer);
    }

    private static FieldType? Resolve(ITypeSymbol type, ImmutableStack<ITypeSymbol> outer)
    {
        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable)
        {
            // Of the value types only a memory can be null: it is the one that is not in the fixed block.
            return Resolve(nullable.TypeArguments[0], outer) is { IsMemory: true } memory ? AsNullable(memory) : null;
        }

        return type switch
        {
            { SpecialType: SpecialType.System_String } =>
                Nullable(type, Variable(FieldKind.Text, "utf8", elementName: "byte", dataAlignment: 1)),
            IArrayTypeSymbol { IsSZArray: true } array => Nullable(type, Array(array.ElementType, outer, isMemory: false)),
            INamedTypeSymbol { MetadataName: "ReadOnlyMemory`1" } memory when memory.IsInSystem() =>
                Array(memory.TypeArguments[0], outer, isMemory: true),
            INamedTypeSymbol { TypeKind: TypeKind.Struct } named when named.FullName() == KnownNames.ChannelAddress =>
                Variable(FieldKind.Address, "address", elementName: "byte", dataAlignment: 1),
            INamedTypeSymbol named => FixedTypes.Resolve(named, inner => Nested(inner, outer)) ?? Nested(named, outer),
            _ => null,
        };
    }

    private static FieldType? Array(ITypeSymbol elementType, ImmutableStack<ITypeSymbol> outer, bool isMemory)
    {
        if (elementType is not INamedTypeSymbol { NullableAnnotation: not NullableAnnotation.Annotated } named ||
            Resolve(named, outer) is not { Kind: FieldKind.Fixed or FieldKind.Boolean or FieldKind.Message } element)
        {
            return null;
        }

        FieldKind kind = element.Kind == FieldKind.Message ? FieldKind.Messages : FieldKind.Array;
        return Variable(
            kind,
            element.SchemaName + "[]",
            elementType.SourceName(),
            kind == FieldKind.Messages ? element.DataAlignment : element.Alignment) with
        {
            IsMemory = isMemory,
            Members = element.Members,
            Image = element.Image,
        };
    }

    private static FieldType? Nested(INamedTypeSymbol type, ImmutableStack<ITypeSymbol> outer)
    {
        // A message that contains itself, directly or in an array, must not become an endless descent.
        // One with versions cannot be nested: a record tells the version of the outermost message only.
        if (!type.IsChannelMessage() ||
            outer.Contains(type, SymbolEqualityComparer.Default) ||
            Layouts.Of(type, member => Resolve(member, outer.Push(type))) is not { IsEvolved: false } layout)
        {
            return null;
        }

        string name = MessageIdentity.Of(type).Name;
        string typeName = type.SourceName();
        return layout.IsFixedSize
            ? new FieldType(FieldKind.Fixed, $"{name}({layout.Size})", layout.Size, layout.Alignment, layout.Fields)
            {
                Image = new StructImage(typeName, layout.Size),
            }
            : Variable(FieldKind.Message, $"{name}({layout.Size}+)", typeName, layout.PayloadAlignment) with
            {
                Members = layout.Fields,
            };
    }

    private static FieldType? Nullable(ITypeSymbol type, FieldType? resolved) =>
        resolved is not null && type.NullableAnnotation == NullableAnnotation.Annotated
            ? AsNullable(resolved)
            : resolved;

    private static FieldType AsNullable(FieldType type) =>
        type with { IsNullable = true, SchemaName = type.SchemaName + "?" };

    private static FieldType Variable(FieldKind kind, string schemaName, string elementName, int dataAlignment) =>
        new(kind, schemaName, RangeSize, RangeAlignment) { ElementName = elementName, DataAlignment = dataAlignment };
}
