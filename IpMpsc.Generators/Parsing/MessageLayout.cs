using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace IpMpsc.Generators;

/// <summary>The fixed block of a message as a C compiler would lay it out.</summary>
/// <param name="Size">Bytes of the block.</param>
/// <param name="Alignment">What its address is a multiple of.</param>
/// <param name="Fields">The fields in declaration order.</param>
internal sealed record MessageLayout(int Size, int Alignment, EquatableArray<FieldModel> Fields)
{
    /// <summary>A fixed block is no place for bulk data, and its offsets must not overflow.</summary>
    private const int MaxSize = 1 << 24;

    public bool IsFixedSize => Fields.All(member => !member.Type.IsVariable);

    /// <summary>Whether fields were added after the first version.</summary>
    public bool IsEvolved => Fields.Any(member => member.Since > FieldModel.FirstVersion);

    /// <summary>Whether it is read through a view: it is more, or less, than its fixed block.</summary>
    public bool HasView => !IsFixedSize || IsEvolved;

    /// <summary>What the address of a whole payload is a multiple of, with all that lies behind the block.</summary>
    public int PayloadAlignment => Fields.Select(member => member.Type.DataAlignment).Append(Alignment).Max();

    /// <summary>Lays out a message, or returns null if a field has a type that has no place in one.</summary>
    public static MessageLayout? Compute(INamedTypeSymbol message) => Compute(message, FieldTypes.Resolve);

    /// <inheritdoc cref="Compute(INamedTypeSymbol)"/>
    /// <param name="message">The message.</param>
    /// <param name="resolve">Tells the type of a field, or null.</param>
    public static MessageLayout? Compute(INamedTypeSymbol message, Func<MessageMember, FieldType?> resolve)
    {
        var fields = ImmutableArray.CreateBuilder<FieldModel>();
        int end = 0;
        foreach (MessageMember member in MessageMember.Of(message))
        {
            if (resolve(member) is not { } type || end > MaxSize)
            {
                return null;
            }

            int offset = AlignUp(end, type.Alignment);
            fields.Add(Describe(member, type, offset));
            end = offset + type.Size;
        }

        var all = new EquatableArray<FieldModel>(fields.ToImmutable());
        var layout = new MessageLayout(SizeOf(all), AlignmentOf(all), all);
        bool hasBuffer = all.Any(member => member.Type.IsBuffer);
        return end > MaxSize || (layout.HasView && hasBuffer) ? null : layout;
    }

    /// <summary>Bytes of the block that a program wrote which was compiled before a version.</summary>
    public int SizeBefore(ushort version) => SizeOf(Fields.Where(member => member.Since < version).ToList());

    public static int AlignUp(int value, int alignment) => (value + alignment - 1) & -alignment;

    // A struct without fields takes a byte, in C++ as in .NET.
    private static int SizeOf(IReadOnlyList<FieldModel> fields) =>
        AlignUp(
            fields.Count == 0 ? 1 : fields[fields.Count - 1].Offset + fields[fields.Count - 1].Type.Size,
            AlignmentOf(fields));

    private static int AlignmentOf(IReadOnlyList<FieldModel> fields) =>
        fields.Select(member => member.Type.Alignment).DefaultIfEmpty(1).Max();

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
