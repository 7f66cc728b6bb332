using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace IpMpsc.Generators;

/// <summary>What a field takes in the fixed block, and from which version of the message on.</summary>
internal readonly record struct PackedField(string Name, int Size, int Alignment, int Since)
{
    /// <summary>The fields of a message in declaration order; none if one of them has no place in a message.</summary>
    public static IEnumerable<PackedField> Of(INamedTypeSymbol message) =>
        MessageLayout.Compute(message) is { } layout
            ? layout.Fields.Select(field =>
                new PackedField(field.Name, field.Type.Size, field.Type.Alignment, field.Since))
            : [];

    /// <summary>The size of the fixed block with the fields in this order.</summary>
    public static int SizeOf(IReadOnlyCollection<PackedField> fields)
    {
        int end = fields.Aggregate(0, (offset, field) => AlignUp(offset, field.Alignment) + field.Size);
        return AlignUp(Math.Max(end, 1), fields.Select(field => field.Alignment).DefaultIfEmpty(1).Max());
    }

    /// <summary>
    /// Next always the field that leaves the smallest gap, the most aligned one of several. Fields of
    /// a later version stay behind those of an earlier one, because versions only add at the end.
    /// </summary>
    public static List<PackedField> InBestOrder(IEnumerable<PackedField> fields)
    {
        List<PackedField> ordered = [];
        int end = 0;
        foreach (IGrouping<int, PackedField> version in fields.GroupBy(field => field.Since).OrderBy(group => group.Key))
        {
            List<PackedField> left = version.ToList();
            while (left.Count > 0)
            {
                // The sort is stable, so fields that are alike keep their order.
                PackedField next = left
                    .OrderBy(field => AlignUp(end, field.Alignment) - end)
                    .ThenByDescending(field => field.Alignment)
                    .First();
                left.Remove(next);
                ordered.Add(next);
                end = AlignUp(end, next.Alignment) + next.Size;
            }
        }

        return ordered;
    }

    private static int AlignUp(int value, int alignment) => (value + alignment - 1) & -alignment;
}
