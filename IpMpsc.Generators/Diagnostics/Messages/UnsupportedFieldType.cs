using System.Collections.Generic;
using System.Linq;
using IpMpsc.Generators.Models;
using IpMpsc.Generators.Parsing;
using Microsoft.CodeAnalysis;

namespace IpMpsc.Generators.Diagnostics.Messages;

/// <summary>A field cannot be put into shared memory, or cannot be read there by another program.</summary>
internal sealed class UnsupportedFieldType : MessageRule
{
    public const string Id = "IPM0004";

    private static readonly DiagnosticDescriptor s_descriptor = new(
        Id,
        title: "The type of a field has no place in a message",
        messageFormat: "Field '{0}' of type '{1}' cannot be sent: {2}",
        Rule.Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Page(Id),
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    public override DiagnosticDescriptor Descriptor => s_descriptor;

    public override IEnumerable<Diagnostic> Check(MessageDeclaration message)
    {
        IEnumerable<Diagnostic> fields =
            from field in message.Fields
            where field.Member.Type.TypeKind != TypeKind.Error
            let refusal = field.Resolution.Type is { } type ? InsteadOfBuffer(type, message) : field.Resolution.Refusal
            where refusal.Length > 0
            select At(field.Member.Symbol, field.Member.Type, refusal);

        // The storage of an event is the one that a type does not list among its members.
        IEnumerable<Diagnostic> events =
            from declared in message.Type.GetMembers().OfType<IEventSymbol>()
            where !declared.IsStatic && declared.AddMethod is { IsImplicitlyDeclared: true }
            select At(declared, declared.Type, "the subscribers of an event stay in their process; remove it");

        IEnumerable<Diagnostic> large = message.FirstWithoutRoom is { } member
            ? [At(member.Symbol, member.Type, "the fixed part of a message has at most 16 MiB; send the bulk as an array")]
            : [];

        return fields.Concat(events).Concat(large);
    }

    private Diagnostic At(ISymbol member, ITypeSymbol type, string alternative) =>
        At(member, member.Name.Substring(member.Name.LastIndexOf('.') + 1), type.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat), alternative);

    /// <summary>A buffer has no type that a fixed block could name.</summary>
    private static string InsteadOfBuffer(FieldType type, MessageDeclaration message) =>
        type.IsBuffer && message.Fields.Any(other => other.Resolution.Type is { LiesAsInMemory: false })
            ? "a buffer is only in a message that lies in memory as in the ring; use a struct with [InlineArray]"
            : "";
}
