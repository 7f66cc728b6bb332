using System.Collections.Generic;
using IpMpsc.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace IpMpsc.Generators.Diagnostics.Messages;

/// <summary>Views are ref structs that are type arguments, which C# knows from version 13 on.</summary>
internal sealed class OldLanguage : MessageRule
{
    public const string Id = "IPM0016";

    private static readonly DiagnosticDescriptor s_descriptor = new(
        Id,
        title: "Generated code needs C# 13 or later",
        messageFormat: "'{0}' is compiled as C# {1}, but its generated code needs C# 13 or later; "
            + "remove LangVersion from the project, or set it to 13 or more",
        Rule.Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Page(Id),
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    public override DiagnosticDescriptor Descriptor => s_descriptor;

    public override IEnumerable<Diagnostic> Check(MessageDeclaration message)
    {
        if (message.Type.LanguageVersion() is < MessageDeclaration.OldestLanguage and var old)
        {
            yield return At(message.Type, message.Name, old.ToDisplayString());
        }
    }
}
