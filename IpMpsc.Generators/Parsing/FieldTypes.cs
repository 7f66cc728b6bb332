using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace IpMpsc.Generators;

/// <summary>The types that a field of a message can have.</summary>
internal static class FieldTypes
{
    /// <summary>A range: offset and length, 32 bits each.</summary>
    private const int RangeSize = 8;
    private const int RangeAlignment = 4;

    /// <summary>What the wire format knows about a type, or null if it has no place in a message.</summary>
    public static FieldType? Resolve(ITypeSymbol type) => Resolve(type, ImmutableStack<ITypeSymbol>.Empty);

    private static FieldType? Resolve(ITypeSymbol type, ImmutableStack<ITypeSymbol> outer)
    {
        if (type.NullableAnnotation == NullableAnnotation.Annotated)
        {
            return null;
        }

        return type switch
        {
            { SpecialType: SpecialType.System_Boolean } => new FieldType(FieldKind.Boolean, "bool", 1, 1),
            { SpecialType: SpecialType.System_String } => Variable(FieldKind.Text, "utf8"),
            IArrayTypeSymbol { IsSZArray: true, ElementType.SpecialType: SpecialType.System_Byte } =>
                Variable(FieldKind.Array, "u8[]"),
            INamedTypeSymbol { TypeKind: TypeKind.Enum, EnumUnderlyingType: { } underlying } =>
                Primitive(underlying) is { } number
                    ? number with { SchemaName = $"{type.FullName()}({number.SchemaName})" }
                    : null,
            INamedTypeSymbol { TypeKind: TypeKind.Struct } named =>
                Primitive(named) ?? Memory(named) ?? Nested(named, outer),
            _ => null,
        };
    }

    private static FieldType? Primitive(INamedTypeSymbol type) => type.SpecialType switch
    {
        SpecialType.System_SByte => Number("i8", 1),
        SpecialType.System_Byte => Number("u8", 1),
        SpecialType.System_Int16 => Number("i16", 2),
        SpecialType.System_UInt16 => Number("u16", 2),
        SpecialType.System_Int32 => Number("i32", 4),
        SpecialType.System_UInt32 => Number("u32", 4),
        SpecialType.System_Int64 => Number("i64", 8),
        SpecialType.System_UInt64 => Number("u64", 8),
        SpecialType.System_Single => Number("f32", 4),
        SpecialType.System_Double => Number("f64", 8),
        SpecialType.System_Char => Number("char", 2),
        SpecialType.None when IsInSystem(type) => type.MetadataName switch
        {
            "Half" => Number("f16", 2),
            "Int128" => Number("i128", 16),
            "UInt128" => Number("u128", 16),
            "Guid" => new FieldType(FieldKind.Fixed, "guid", Size: 16, Alignment: 4),
            _ => null,
        },
        _ => null,
    };

    private static FieldType? Memory(INamedTypeSymbol type) =>
        type.MetadataName == "ReadOnlyMemory`1" && IsInSystem(type)
            && type.TypeArguments[0].SpecialType == SpecialType.System_Byte
            ? Variable(FieldKind.Memory, "u8[]")
            : null;

    private static FieldType? Nested(INamedTypeSymbol type, ImmutableStack<ITypeSymbol> outer)
    {
        // A struct that contains itself is an error of its own, which must not become an endless descent.
        if (!type.IsChannelMessage() || outer.Contains(type, SymbolEqualityComparer.Default))
        {
            return null;
        }

        MessageLayout? layout = MessageLayout.Compute(type, member => Resolve(member, outer.Push(type)));
        return layout is null || layout.Fields.Any(field => field.Type.IsVariable)
            ? null
            : new FieldType(
                FieldKind.Fixed, $"{type.FullName()}({layout.Size})", layout.Size, layout.Alignment, layout.Fields);
    }

    private static bool IsInSystem(INamedTypeSymbol type) =>
        type.ContainingNamespace is { Name: "System", ContainingNamespace.IsGlobalNamespace: true };

    private static FieldType Number(string name, int size) => new(FieldKind.Fixed, name, size, size);

    private static FieldType Variable(FieldKind kind, string name) => new(kind, name, RangeSize, RangeAlignment);
}
