using System;
using System.Linq;
using IpMpsc.Generators.Models;
using Microsoft.CodeAnalysis;

namespace IpMpsc.Generators.Parsing;

/// <summary>The types that lie in the fixed block, all of which are also elements of arrays.</summary>
internal static class FixedTypes
{
    /// <summary>What the runtime allows an inline array to have.</summary>
    private const int MaxArraySize = 1 << 20;

    /// <summary>A number, an enum or an inline array; null for anything else.</summary>
    /// <param name="type">The type.</param>
    /// <param name="resolveMessage">Tells about messages, of which an inline array may be made.</param>
    public static FieldType? Resolve(INamedTypeSymbol type, Func<INamedTypeSymbol, FieldType?> resolveMessage) => type switch
    {
        { TypeKind: TypeKind.Enum, EnumUnderlyingType: { } underlying } => Primitive(underlying) is { } number
            ? number with { SchemaName = $"{type.FullName()}({number.SchemaName})" }
            : null,
        { TypeKind: TypeKind.Struct } => Primitive(type) ?? InlineArray(type, resolveMessage),
        _ => null,
    };

    /// <summary>A <c>fixed T name[n]</c>.</summary>
    public static FieldType? Buffer(IFieldSymbol storage) =>
        storage.Type is IPointerTypeSymbol { PointedAtType: INamedTypeSymbol elementType }
            && Primitive(elementType) is { } element
            && Repeat(element, storage.FixedSize) is { } array
            ? array with { IsBuffer = true }
            : null;

    private static FieldType? InlineArray(INamedTypeSymbol type, Func<INamedTypeSymbol, FieldType?> resolveMessage)
    {
        if (type.FindAttribute(KnownNames.InlineArray) is not { } attribute ||
            attribute.ConstructorArguments.FirstOrDefault().Value is not int count ||
            MessageMember.Of(type).FirstOrDefault().Storage?.Type is not INamedTypeSymbol elementType ||
            (Resolve(elementType, resolveMessage) ?? resolveMessage(elementType)) is not { IsVariable: false } element ||
            Repeat(element, count) is not { } array)
        {
            return null;
        }

        return array with { Image = new StructImage(type.SourceName(), array.Size) };
    }

    private static FieldType? Repeat(FieldType element, int count) =>
        count > 0 && (long)element.Size * count is var size and <= MaxArraySize
            ? element with { Kind = FieldKind.Fixed, SchemaName = $"{element.SchemaName}[{count}]", Size = (int)size }
            : null;

    private static FieldType? Primitive(INamedTypeSymbol type) => type.SpecialType switch
    {
        SpecialType.System_Boolean => new FieldType(FieldKind.Boolean, "bool", Size: 1, Alignment: 1),
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
        SpecialType.None when type.IsInSystem() => type.MetadataName switch
        {
            "Half" => Number("f16", 2),
            "Int128" => Number("i128", 16),
            "UInt128" => Number("u128", 16),
            "Guid" => new FieldType(FieldKind.Fixed, "guid", Size: 16, Alignment: 4),
            _ => null,
        },
        _ => null,
    };

    private static FieldType Number(string name, int size) => new(FieldKind.Fixed, name, size, size);
}
