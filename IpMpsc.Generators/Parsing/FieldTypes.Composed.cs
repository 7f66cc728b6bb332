using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using IpMpsc.Generators.Models;
using Microsoft.CodeAnalysis;

namespace IpMpsc.Generators.Parsing;

/// <content>Types that are composed of others: collections, dictionaries, pairs and tuples.</content>
internal sealed partial class FieldTypes
{
    /// <summary>A tuple with more elements is a tuple within a tuple.</summary>
    private const int MaxTupleElements = 7;

    /// <summary>A collection; a set, which has no elements in a row, has no form.</summary>
    private Resolution List(ITypeSymbol type, ITypeSymbol elementType, string? form)
    {
        Resolution resolved = Of(elementType);
        if (resolved.Type is not { } element)
        {
            return resolved;
        }

        string name = names.Of(type);
        string item = names.Annotated(elementType);
        string? formName = form is null ? null : $"__codecs::Collections.{form}<{item}>";
        string codec = (form, element.LiesAsInMemory) switch
        {
            ("ArrayForm", true) => CodecNames.Codec("Collections.ImageArray", item),
            ("MemoryForm", true) => CodecNames.Codec("Collections.ImageMemory", item),
            (null, _) => CodecNames.Codec("Collections.SetCodec", item, element.Slot, element.Codec),
            ("ArrayForm", false) => CodecNames.Codec("Collections.ArrayOf", item, element.Slot, element.Codec),
            ("ListForm", false) => CodecNames.Codec("Collections.ListOf", item, element.Slot, element.Codec),
            (_, true) => CodecNames.Codec("Collections.ImageListCodec", name, formName!, item),
            (_, false) => CodecNames.Codec("Collections.ListCodec", name, formName!, item, element.Slot, element.Codec),
        };
        (string view, string access) = AsElement(element);
        bool isSpan = element.LiesAsInMemory;
        return new FieldType(element.SchemaName + "[]", RangeSize, RangeAlignment, name, CodecNames.Range, codec)
        {
            Shape = isSpan ? FieldShape.Span
                : element is { Shape: FieldShape.Message, IsNullable: false } ? FieldShape.Messages
                : FieldShape.Collection,
            IsRange = true,
            IsVariable = true,
            View = isSpan ? CodecNames.Span(item) : CodecNames.View("ListView", view, element.Slot, access),
            Access = isSpan ? CodecNames.View("ElementsAccess", item) : CodecNames.View("ListAccess", view, element.Slot, access),
            ElementName = isSpan ? item : element.ElementName,
            HasSizes = element is { Shape: FieldShape.Message, IsNullable: false, HasSizes: true },
            DataAlignment = element.Alignment,
            DeepAlignment = Math.Max(element.Alignment, element.DeepAlignment),
            Images = element.Images,
            Definitions = element.Definitions,
            Tuples = element.Tuples,
        };
    }

    private Resolution Map(INamedTypeSymbol type, string codec)
    {
        Resolution pair = Pair(type);
        if (pair.Type is not { } entry)
        {
            return pair;
        }

        FieldType key = Of(type.TypeArguments[0]).Type!;
        FieldType value = Of(type.TypeArguments[1]).Type!;
        (string keyView, string keyAccess) = AsElement(key);
        (string view, string access) = AsElement(value);
        string[] seen = [names.Annotated(type.TypeArguments[0]), key.Slot, key.Codec, keyView, keyAccess, view, value.Slot, access];
        return new FieldType(
            $"{{{key.SchemaName}:{value.SchemaName}}}",
            RangeSize,
            RangeAlignment,
            names.Of(type),
            CodecNames.Range,
            CodecNames.Codec($"Collections.{codec}", PairArguments(type, key, value)))
        {
            Shape = FieldShape.Collection,
            IsRange = true,
            IsVariable = true,
            View = CodecNames.View("DictionaryView", seen),
            Access = CodecNames.View("DictionaryAccess", seen),
            DataAlignment = entry.Alignment,
            DeepAlignment = Math.Max(entry.Alignment, entry.DeepAlignment),
            Images = entry.Images,
            Definitions = entry.Definitions,
            Tuples = entry.Tuples,
        };
    }

    // ---- composed in place

    private Resolution Pair(INamedTypeSymbol type)
    {
        Resolution first = Of(type.TypeArguments[0]);
        Resolution second = Of(type.TypeArguments[1]);
        if (first.Type is not { } key || second.Type is not { } value)
        {
            return first.Type is null ? first : second;
        }

        return Composed(
            $"(Key:{key.SchemaName},Value:{value.SchemaName})",
            names.Of(type),
            CodecNames.Slot("PairSlot", key.Slot, value.Slot),
            CodecNames.Codec("PairCodec", PairArguments(type, key, value)),
            [key, value]);
    }

    private string[] PairArguments(INamedTypeSymbol type, FieldType key, FieldType value) =>
        [names.Annotated(type.TypeArguments[0]), key.Slot, key.Codec, names.Annotated(type.TypeArguments[1]), value.Slot, value.Codec];

    private static FieldType Range(string name)
    {
        FieldType index = Primitives.Index("__system::Index");
        return Composed("(Start:index,End:index)", name, CodecNames.Slot("PairSlot", index.Slot, index.Slot), CodecNames.Codec("RangeCodec"), [index, index]);
    }

    private Resolution Tuple(INamedTypeSymbol type)
    {
        if (type.TupleElements.Length > MaxTupleElements)
        {
            return Resolution.Refuse("a tuple of a message has at most 7 elements; declare a struct with [ChannelMessage]");
        }

        var elements = new List<FieldType>();
        foreach (IFieldSymbol element in type.TupleElements)
        {
            Resolution resolved = Of(element.Type);
            if (resolved.Type is not { } item)
            {
                return resolved;
            }

            elements.Add(item);
        }

        string schemaName = $"({string.Join(",", type.TupleElements.Zip(elements, (element, item) => $"{element.Name}:{item.SchemaName}"))})";
        string typeName = names.Of(type);
        var model = new TupleModel(
            $"Tuple_{MessageId.Hash(typeName + schemaName):x8}",
            typeName,
            elements.Any(element => element.IsVariable),
            new(elements.Select(element => new TupleElementModel(element.Slot, element.Codec)).ToImmutableArray()));
        string codec = $"{owner.SourceName()}.{model.Name}";
        FieldType tuple = Composed(schemaName, typeName, codec, codec, elements);
        return tuple with { Tuples = new(tuple.Tuples.Append(model).ToImmutableArray()) };
    }

    private static FieldType Composed(string schemaName, string name, string slot, string codec, IReadOnlyList<FieldType> parts)
    {
        int end = 0;
        foreach (FieldType part in parts)
        {
            end = MessageLayout.AlignUp(end, part.Alignment) + part.Size;
        }

        int alignment = parts.Max(part => part.Alignment);
        return Primitives.Value(name, schemaName, MessageLayout.AlignUp(end, alignment), alignment, slot, codec) with
        {
            IsVariable = parts.Any(part => part.IsVariable),
            HasBitsOfMemory = false,
            DeepAlignment = parts.Max(part => part.DeepAlignment),
            Images = new(parts.SelectMany(part => part.Images).Distinct().ToImmutableArray()),
            Definitions = SchemaText.Mentioned(parts),
            Tuples = new(parts.SelectMany(part => part.Tuples).Distinct().ToImmutableArray()),
        };
    }

    /// <summary>How an element is seen that cannot tell beside itself whether it is null.</summary>
    private static (string View, string Access) AsElement(FieldType element) => element is { IsRange: true, IsNullable: true }
        ? (CodecNames.View("OptionalView", element.View, element.Access), CodecNames.View("OptionalAccess", element.View, element.Access))
        : (element.View, element.Access);
}
