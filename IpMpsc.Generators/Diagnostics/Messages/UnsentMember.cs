using System.Collections.Generic;
using System.Linq;
using IpMpsc.Generators.Parsing;
using Microsoft.CodeAnalysis;

namespace IpMpsc.Generators.Diagnostics.Messages;

/// <summary>A member looks like a field of the message, but its value stays in the process that sets it.</summary>
internal sealed class UnsentMember : MessageRule
{
    public const string Id = "IPM0023";

    private static readonly DiagnosticDescriptor s_descriptor = new(
        Id,
        title: "A member of a message that can be set is not sent",
        messageFormat: "'{0}' can be set but is not sent with '{1}', because {2}",
        Rule.Category,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Page(Id));

    public override DiagnosticDescriptor Descriptor => s_descriptor;

    public override IEnumerable<Diagnostic> Check(MessageDeclaration message) =>
        from member in message.Type.GetMembers()
        where !member.IsImplicitlyDeclared
        let reason = ReasonNotToBeSent(message, member)
        where reason is not null
        select At(member, member.Name, message.Name, reason);

    private static string? ReasonNotToBeSent(MessageDeclaration message, ISymbol member) => member switch
    {
        IFieldSymbol { IsStatic: true, IsConst: false, IsReadOnly: false } or
        IPropertySymbol { IsStatic: true, SetMethod: not null } => "it is static",

        // A property over fields of the message is how a type that cannot be sent is best offered; one
        // that is all empty accessors, or sets something outside, is not.
        IPropertySymbol { IsStatic: false, IsIndexer: false, SetMethod: not null } property
            when !HasStorage(message, property) && !MentionsStorage(message, property) =>
            "it is computed and keeps its value in no field",

        _ => null,
    };

    private static bool HasStorage(MessageDeclaration message, IPropertySymbol property) =>
        message.Members.Any(member => member.IsStorageOf(property));

    // By name, because rules have no semantic model; a false match only keeps the rule silent.
    private static bool MentionsStorage(MessageDeclaration message, IPropertySymbol property)
    {
        var instance = new HashSet<string>(message.Type.GetMembers()
            .Where(member => !member.IsStatic && !member.Equals(property, SymbolEqualityComparer.Default))
            .Select(member => member.Name));
        return property.SetMethod!.DeclaringSyntaxReferences
            .SelectMany(reference => reference.GetSyntax().DescendantTokens())
            .Any(token => token.ValueText == "this" || instance.Contains(token.ValueText));
    }
}
