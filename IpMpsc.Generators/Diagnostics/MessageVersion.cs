using System;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace IpMpsc.Generators;

/// <summary>What a message and its fields state about versions.</summary>
internal static class MessageVersion
{
    /// <summary>The version of the message; 1 unless the attribute states another one.</summary>
    public static int Of(INamedTypeSymbol message) =>
        Number(message.FindAttribute(KnownNames.ChannelMessage)?.NamedArguments
            .FirstOrDefault(argument => argument.Key == "Version").Value.Value) ?? 1;

    /// <summary>The version of the message that brought the field; 1 unless an attribute states another one.</summary>
    public static int Since(ISymbol field) =>
        Number(field.FindAttribute("IpMpsc.SinceAttribute")?.ConstructorArguments.FirstOrDefault().Value) ?? 1;

    private static int? Number(object? value) => value is null ? null : Convert.ToInt32(value);
}
