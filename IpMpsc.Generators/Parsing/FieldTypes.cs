using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using IpMpsc.Generators.Models;
using Microsoft.CodeAnalysis;

namespace IpMpsc.Generators.Parsing;

/// <summary>
/// The types that a field of a message can have: the one table from C# to the schema and to generated code. A type that
/// contains others is composed of what these are, so each works wherever another one does.
/// </summary>
/// <param name="names">Spells the types.</param>
/// <param name="owner">The message that has the fields.</param>
internal sealed partial class FieldTypes(TypeNames names, INamedTypeSymbol owner)
{
    /// <summary>A range: offset and length, 32 bits each.</summary>
    private const int RangeSize = 8;
    private const int RangeAlignment = 4;

    /// <summary>What the runtime allows an inline array to have.</summary>
    private const int MaxArraySize = 1 << 20;

    /// <summary>What a field is in a message.</summary>
    public Resolution Resolve(MessageMember member)
    {
        if (member.Storage.IsFixedSizeBuffer)
        {
            return Buffer(member.Storage);
        }

        if (!member.HasName)
        {
            return Resolution.Refuse("it implements an interface explicitly, so generated code has no name for it; implement it by a property over a field");
        }

        if (!member.IsUtf16)
        {
            return Of(member.Type);
        }

        return member.Type.SpecialType == SpecialType.System_String
            ? OrNull(member.Type, Text("utf16", names.Of(member.Type), "char", CodecNames.Codec("Utf16"), "String", alignment: 2))
            : Resolution.Refuse("[Utf16] is for strings; remove it");
    }

    private Resolution Of(ITypeSymbol type)
    {
        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable)
        {
            Resolution value = Of(nullable.TypeArguments[0]);
            return value.Type is { } present ? Nullable(present) : value;
        }

        Resolution found = type switch
        {
            { SpecialType: SpecialType.System_String } => Text("utf8", names.Of(type), "byte", CodecNames.Codec("Utf8"), "String", alignment: 1),
            IArrayTypeSymbol { IsSZArray: true } array => List(type, array.ElementType, "ArrayForm"),
            INamedTypeSymbol { IsTupleType: true } tuple => Tuple(tuple),
            INamedTypeSymbol named => Named(named),
            _ => Refusals.Of(type, names),
        };
        return found.Type is { } resolved ? OrNull(type, resolved) : found;
    }

    private Resolution Named(INamedTypeSymbol type)
    {
        string name = names.Of(type);
        if (Primitives.Find(type, name) is { } primitive)
        {
            return primitive;
        }

        switch (type.MetadataName)
        {
            case "ReadOnlyMemory`1" when type.IsInSystem():
                return List(type, type.TypeArguments[0], "MemoryForm");
            case "List`1" when type.IsIn("System.Collections.Generic"):
                return List(type, type.TypeArguments[0], "ListForm");
            case "IReadOnlyList`1" when type.IsIn("System.Collections.Generic"):
                return List(type, type.TypeArguments[0], "ReadOnlyListForm");
            case "ImmutableArray`1" when type.IsIn("System.Collections.Immutable"):
                return List(type, type.TypeArguments[0], "ImmutableArrayForm");
            case "HashSet`1" when type.IsIn("System.Collections.Generic"):
                return List(type, type.TypeArguments[0], form: null);
            case "Dictionary`2" when type.IsIn("System.Collections.Generic"):
                return Map(type, "DictionaryCodec");
            case "IReadOnlyDictionary`2" when type.IsIn("System.Collections.Generic"):
                return Map(type, "ReadOnlyDictionaryCodec");
            case "KeyValuePair`2" when type.IsIn("System.Collections.Generic"):
                return Pair(type);
            case "Range" when type.IsInSystem():
                return Range(name);
            case "BigInteger" when type.IsIn("System.Numerics"):
                return Text("bigint", name, "byte", CodecNames.Codec("BigIntegerCodec"), "BigInteger", alignment: 1);
            case "Uri" when type.IsInSystem():
                return Formatted("uri", name, "UriFormat", "Uri");
            case "Version" when type.IsInSystem():
                return Formatted("version", name, "VersionFormat", "Version");
            case "IPAddress" when type.IsIn("System.Net"):
                return Formatted("ip", name, "IPAddressFormat", "IPAddress");
            case "ChannelAddress" when type.FullName() == KnownNames.ChannelAddress:
                return Formatted("address", name, "AddressFormat", "Address");
        }

        return type switch
        {
            { TypeKind: TypeKind.Enum, EnumUnderlyingType: { } number } => Enum(type, name, number),
            { TypeKind: TypeKind.Struct } when type.IsChannelMessage() => Message(type, name),
            { TypeKind: TypeKind.Struct } when type.FindAttribute(KnownNames.InlineArray) is { } attribute => InlineArray(type, name, attribute),
            { TypeKind: TypeKind.Struct } when IsAdopted(type) => Adopted(type, name, ImmutableStack<ITypeSymbol>.Empty),
            _ => Refusals.Of(type, names),
        };
    }

    // ---- behind the fixed block

    private static FieldType Text(string schemaName, string name, string unit, string codec, string getter, int alignment) =>
        new(schemaName, RangeSize, RangeAlignment, name, CodecNames.Range, codec)
        {
            Shape = FieldShape.Span,
            IsRange = true,
            IsVariable = true,
            View = CodecNames.Span(unit),
            Access = CodecNames.View("ElementsAccess", unit),
            ElementName = unit,
            GetterSuffix = getter,
            DataAlignment = alignment,
            DeepAlignment = alignment,
        };

    private static FieldType Formatted(string schemaName, string name, string format, string getter) => Text(
        schemaName, name, "byte", CodecNames.Codec("Formatted", name, $"__codecs::Formats.{format}"), getter, alignment: 1);

    // ---- null

    private static FieldType Nullable(FieldType value)
    {
        string name = value.TypeName + "?";
        if (value.IsRange)
        {
            return value with
            {
                IsNullable = true,
                SchemaName = value.SchemaName + "?",
                TypeName = name,
                Codec = CodecNames.Codec("OptionalCodec", value.TypeName, value.Codec),
            };
        }

        string slot = CodecNames.Slot("NullableSlot", value.Slot);
        string codec = CodecNames.Codec("NullableCodec", value.TypeName, value.Slot, value.Codec);
        return value with
        {
            SchemaName = value.SchemaName + "?",
            Size = value.Alignment + value.Size,
            TypeName = name,
            Slot = slot,
            Codec = codec,
            Shape = FieldShape.Value,
            View = name,
            Access = CodecNames.Copied(name, slot, codec),
            LiesAsInMemory = false,
        };
    }

    private static FieldType OrNull(ITypeSymbol type, FieldType value) =>
        type is { IsReferenceType: true, NullableAnnotation: NullableAnnotation.Annotated }
            ? value with
            {
                IsNullable = true,
                SchemaName = value.SchemaName + "?",
                TypeName = value.TypeName + "?",
                Codec = CodecNames.Codec("OrNull", value.TypeName, value.Codec),
            }
            : value;

    // ---- types of others

    private static Resolution Enum(INamedTypeSymbol type, string name, INamedTypeSymbol number)
    {
        FieldType integer = Primitives.Find(number, number.SourceName())!;
        string fullName = type.FullName();
        IEnumerable<string> members =
            from member in type.GetMembers().OfType<IFieldSymbol>()
            where member.HasConstantValue
            select $"{member.Name} = {Convert.ToString(member.ConstantValue, CultureInfo.InvariantCulture)}";
        return Primitives.Image(name, $"{fullName}({integer.SchemaName})", integer.Size, integer.Alignment) with
        {
            Definitions = EquatableArray.Of(SchemaText.DefineEnum(fullName, integer.SchemaName, members)),
        };
    }

    private Resolution Message(INamedTypeSymbol type, string name)
    {
        StoredForm? found = names.Forms.Of(type);
        if (names.Forms.AreCircular(type, owner))
        {
            return Resolution.Refuse("a message must not contain itself; send a flat array with the index of the parent in each element");
        }

        if (found is not { } form)
        {
            return type.DeclaringSyntaxReferences.IsEmpty
                ? Resolution.Refuse("its assembly was built without generated code; build that with the package IpMpsc")
                : Resolution.Told;
        }

        string fullName = MessageIdentity.Of(type).Name;
        if (form.IsInline)
        {
            string schemaName = $"{fullName}({form.Size})";
            FieldType inline = form.IsImage
                ? Primitives.Image(name, schemaName, form.Size, form.Alignment) with
                {
                    Images = EquatableArray.Of(new StructImage(name, form.Size)),
                }
                : Primitives.Value(name, schemaName, form.Size, form.Alignment, $"{name}.FixedBlock", CodecNames.Codec("InlineMessage", name, $"{name}.FixedBlock")) with
                {
                    HasBitsOfMemory = false,
                    Access = CodecNames.View("InlineAccess", name, $"{name}.FixedBlock"),
                };
            return inline with { Definitions = form.Definitions };
        }

        return new FieldType($"{fullName}(+)", RangeSize, RangeAlignment, name, CodecNames.Range, CodecNames.Codec("MessageCodec", name))
        {
            Shape = FieldShape.Message,
            IsRange = true,
            IsVariable = true,
            View = $"{name}.View",
            Access = CodecNames.View("MessageAccess", name, $"{name}.View"),
            ElementName = name,
            HasSizes = form.IsVariable,
            DataAlignment = form.PayloadAlignment,
            DeepAlignment = form.PayloadAlignment,
            Definitions = form.Definitions,
        };
    }

    private Resolution InlineArray(INamedTypeSymbol type, string name, AttributeData attribute)
    {
        int before = names.Forms.Mistakes;
        return attribute.ConstructorArguments.FirstOrDefault().Value is int count
            && MessageMember.Of(type).FirstOrDefault().Storage?.Type is { } elementType
            && Of(elementType).Type is { LiesAsInMemory: true } element
            && Repeat(element, name, count) is { } array
                ? array with { Images = EquatableArray.Of(new StructImage(name, array.Size)) }
                : RefuseUnlessTold(
                    before,
                    "an inline array holds numbers, enums or messages of fixed size made of these, up to 1 MiB; use an array for anything else");
    }

    /// <summary>A <c>fixed T name[n]</c>.</summary>
    private Resolution Buffer(IFieldSymbol storage) =>
        storage.Type is IPointerTypeSymbol { PointedAtType: INamedTypeSymbol elementType }
            && Primitives.Find(elementType, elementType.SourceName()) is { } element
            && Repeat(element, names.Of(elementType) + "*", storage.FixedSize) is { } array
            ? array with { IsBuffer = true, ElementName = element.TypeName }
            : Resolution.Refuse("a buffer holds numbers, up to 1 MiB; use an array for anything else");

    private static FieldType? Repeat(FieldType element, string name, int count) =>
        count > 0 && (long)element.Size * count is var size and <= MaxArraySize
            ? Primitives.Image(name, $"{element.SchemaName}[{count}]", (int)size, element.Alignment) with { Definitions = element.Definitions }
            : null;

    /// <summary>A refusal, unless a message within has a mistake that may be its cause.</summary>
    /// <param name="before">How many messages with mistakes were met before.</param>
    /// <param name="text">What to do instead.</param>
    private Resolution RefuseUnlessTold(int before, string text) =>
        names.Forms.Mistakes > before ? Resolution.Told : Resolution.Refuse(text);

    private bool IsAdopted(INamedTypeSymbol type) => names.Compilation.Assembly.GetAttributes().Any(attribute =>
        attribute.AttributeClass?.Name == "ChannelStructAttribute"
        && attribute.AttributeClass.FullName() == KnownNames.ChannelStruct
        && SymbolEqualityComparer.Default.Equals(attribute.ConstructorArguments.FirstOrDefault().Value as ISymbol, type));

    /// <summary>A struct of somebody else, whose fields become part of the schema.</summary>
    private Resolution Adopted(INamedTypeSymbol type, string name, ImmutableStack<ITypeSymbol> outer)
    {
        if (type.TypeParameters.Length > 0 || StructLayouts.Objection(type) is not null || outer.Contains(type, SymbolEqualityComparer.Default))
        {
            return Resolution.Refuse(
                "an adopted struct has a sequential layout without a Pack or Size of its own and no type parameters; copy it into a struct with [ChannelMessage]");
        }

        var fields = ImmutableArray.CreateBuilder<FieldModel>();
        int end = 0;
        int before = names.Forms.Mistakes;
        foreach (MessageMember member in MessageMember.Of(type))
        {
            Resolution field = member.Type is INamedTypeSymbol { TypeKind: TypeKind.Struct, SpecialType: SpecialType.None } inner && IsAdopted(inner)
                ? Adopted(inner, names.Of(inner), outer.Push(type))
                : Resolve(member);
            if (field.Type is not { LiesAsInMemory: true } image)
            {
                return RefuseUnlessTold(
                    before,
                    $"its field '{member.Name}' does not lie in memory as in a payload; copy the struct into one with [ChannelMessage]");
            }

            int offset = MessageLayout.AlignUp(end, image.Alignment);
            fields.Add(new FieldModel(member.Name, member.Name, "", image, offset, FieldModel.FirstVersion));
            end = offset + image.Size;
        }

        MessageLayout layout = MessageLayout.Of(fields.ToImmutable());
        return Primitives.Image(name, $"{type.FullName()}({layout.Size})", layout.Size, layout.Alignment) with
        {
            Images = EquatableArray.Of(new StructImage(name, layout.Size)),
            Definitions = SchemaText.DefineStruct(type.FullName(), layout),
        };
    }
}
