using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using IpMpsc.Generators.Parsing;
using Microsoft.CodeAnalysis;

namespace IpMpsc.Generators.Diagnostics.Messages;

/// <summary>The message asks for a layout other than the one of its wire format.</summary>
internal sealed class UnsupportedLayout : MessageRule
{
    public const string Id = "IPM0005";

    private static readonly DiagnosticDescriptor s_descriptor = new(
        Id,
        title: "A message has the layout of its wire format",
        messageFormat: "'{0}' asks for {1}; "
            + "the fields of a message lie in declaration order with their natural alignment",
        Rule.Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Page(Id),
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    public override DiagnosticDescriptor Descriptor => s_descriptor;

    public override IEnumerable<Diagnostic> Check(MessageDeclaration message)
    {
        if (message.Type.FindAttribute(KnownNames.StructLayout) is { } layout && Objection(layout) is { } objection)
        {
            yield return At(message.Type, message.Name, objection);
        }

        if (message.Type.FindAttribute(KnownNames.InlineArray) is not null)
        {
            yield return At(message.Type, message.Name, "the layout of an inline array");
        }
    }

    private static string? Objection(AttributeData layout)
    {
        // The attribute has two constructors: the kind is an enum in one and a short in the other.
        object? kind = layout.ConstructorArguments.FirstOrDefault().Value;
        if (kind is not null && System.Convert.ToInt32(kind) != (int)LayoutKind.Sequential)
        {
            return "a layout that is not sequential";
        }

        KeyValuePair<string, TypedConstant> setting = layout.NamedArguments.FirstOrDefault(
            argument => argument.Key is nameof(StructLayoutAttribute.Pack) or nameof(StructLayoutAttribute.Size)
                && argument.Value.Value is not 0);
        return setting.Key is { } name ? $"a {name} of its own" : null;
    }
}
