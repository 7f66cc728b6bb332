using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using IpMpsc.Generators.Models;
using IpMpsc.Generators.Parsing;
using Microsoft.CodeAnalysis;

namespace IpMpsc.Generators.Diagnostics.Messages;

/// <summary>Fields lie in declaration order, so a bad order is sent as padding with every message.</summary>
internal sealed class PaddingHoles : MessageRule
{
    public const string Id = "IPM0020";

    /// <summary>Property of the diagnostic: the names of the fields in the better order, separated by commas.</summary>
    public const string Order = nameof(Order);

    private static readonly DiagnosticDescriptor s_descriptor = new(
        Id,
        title: "Another order of the fields makes the message smaller",
        messageFormat: "'{0}' has {1} bytes, {2} more than in the order {3}",
        Rule.Category,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Page(Id));

    public override DiagnosticDescriptor Descriptor => s_descriptor;

    public override IEnumerable<Diagnostic> Check(MessageDeclaration message)
    {
        if (message.Layout is not { } layout)
        {
            yield break;
        }

        string[] better = InBestOrder(layout.Fields, out int end).Select(field => field.Name).ToArray();
        int gain = layout.Size - MessageLayout.AlignUp(Math.Max(end, 1), layout.Alignment);
        if (gain > 0)
        {
            yield return Diagnostic.Create(
                Descriptor,
                message.Type.NamePosition(),
                ImmutableDictionary<string, string?>.Empty.Add(Order, string.Join(",", better)),
                message.Name,
                layout.Size,
                gain,
                string.Join(", ", better));
        }
    }

    /// <summary>
    /// The next field is always the one that leaves the smallest gap; among several, the one with the largest
    /// alignment. Fields of
    /// a later version stay behind those of an earlier one, because versions only add at the end.
    /// </summary>
    private static List<FieldModel> InBestOrder(IEnumerable<FieldModel> fields, out int end)
    {
        List<FieldModel> ordered = [];
        int offset = 0;
        foreach (IGrouping<ushort, FieldModel> version in fields.GroupBy(field => field.Since).OrderBy(group => group.Key))
        {
            List<FieldModel> left = version.ToList();
            while (left.Count > 0)
            {
                // The sort is stable, so fields that are alike keep their order.
                FieldModel next = left
                    .OrderBy(field => MessageLayout.AlignUp(offset, field.Type.Alignment) - offset)
                    .ThenByDescending(field => field.Type.Alignment)
                    .First();
                left.Remove(next);
                ordered.Add(next);
                offset = MessageLayout.AlignUp(offset, next.Type.Alignment) + next.Type.Size;
            }
        }

        end = offset;
        return ordered;
    }
}
