using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;

namespace IpMpsc.Generators.Models;

/// <summary>The fixed block of a message as a C compiler would lay it out.</summary>
/// <param name="Size">Bytes of the block.</param>
/// <param name="Alignment">What its address is a multiple of.</param>
/// <param name="Fields">The fields in declaration order.</param>
internal sealed record MessageLayout(int Size, int Alignment, EquatableArray<FieldModel> Fields)
{
    /// <summary>A fixed block is not meant for bulk data, and its offsets must not overflow.</summary>
    public const int MaxSize = 1 << 24;

    /// <summary>Whether fields of the struct are missing, because they are mistakes.</summary>
    public bool IsPartOfStruct { get; init; }

    public bool IsFixedSize => Fields.All(member => !member.Type.IsVariable);

    /// <summary>Whether the struct in memory is the payload.</summary>
    public bool IsImage => !IsPartOfStruct && Fields.All(member => member.Type.LiesAsInMemory);

    /// <summary>Whether fields were added after the first version.</summary>
    public bool IsEvolved => Fields.Any(member => member.Since > FieldModel.FirstVersion);

    /// <summary>
    /// What the offset of its payload in another one is a multiple of. Fields that were added later do not count, because
    /// programs that do not know them would store the payload elsewhere.
    /// </summary>
    public int PayloadAlignment => Fields
        .Where(member => member.Since == FieldModel.FirstVersion)
        .Select(member => Math.Max(member.Type.Alignment, member.Type.DeepAlignment))
        .DefaultIfEmpty(1)
        .Max();

    /// <summary>The layout with fields whose offsets are known.</summary>
    public static MessageLayout Of(ImmutableArray<FieldModel> fields) => new(SizeOf(fields), AlignmentOf(fields), new(fields));

    /// <summary>Bytes of the block that a program wrote which was compiled before a version.</summary>
    public int SizeBefore(ushort version) => SizeOf(Older(version));

    /// <summary>The same without what alignment leaves free at its end, where a new field may lie.</summary>
    public int EndBefore(ushort version) =>
        Older(version).LastOrDefault() is { } last ? last.Offset + last.Type.Size : 0;

    /// <summary>The versions that added fields.</summary>
    public IEnumerable<ushort> NewVersions =>
        Fields.Select(member => member.Since).Distinct().Where(version => version > FieldModel.FirstVersion);

    public static int AlignUp(int value, int alignment) => (value + alignment - 1) & -alignment;

    private List<FieldModel> Older(ushort version) => Fields.Where(member => member.Since < version).ToList();

    // A struct without fields takes a byte, in C++ as in .NET.
    private static int SizeOf(IReadOnlyList<FieldModel> fields) =>
        AlignUp(
            fields.Count == 0 ? 1 : fields[fields.Count - 1].Offset + fields[fields.Count - 1].Type.Size,
            AlignmentOf(fields));

    private static int AlignmentOf(IReadOnlyList<FieldModel> fields) =>
        fields.Select(member => member.Type.Alignment).DefaultIfEmpty(1).Max();
}
