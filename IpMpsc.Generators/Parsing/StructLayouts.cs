using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using Microsoft.CodeAnalysis;

namespace IpMpsc.Generators.Parsing;

/// <summary>What a struct says about its layout.</summary>
internal static class StructLayouts
{
    /// <summary>What a struct asks for that a message cannot have; null if it asks for nothing of that kind.</summary>
    public static string? Objection(INamedTypeSymbol type)
    {
        if (type.FindAttribute(KnownNames.StructLayout) is not { } layout)
        {
            return null;
        }

        // The attribute has two constructors: the kind is an enum in one and a short in the other.
        object? kind = layout.ConstructorArguments.FirstOrDefault().Value;
        if (kind is not null && Convert.ToInt32(kind) != (int)LayoutKind.Sequential)
        {
            return "a layout that is not sequential";
        }

        KeyValuePair<string, TypedConstant> setting = layout.NamedArguments.FirstOrDefault(
            argument => argument.Key is nameof(StructLayoutAttribute.Pack) or nameof(StructLayoutAttribute.Size)
                && argument.Value.Value is not 0);
        return setting.Key is { } name ? $"a {name} of its own" : null;
    }
}
