using System.Collections.Generic;
using IpMpsc.Generators.Parsing;
using Microsoft.CodeAnalysis;

namespace IpMpsc.Generators.Diagnostics;

/// <summary>A mistake that a declaration can have.</summary>
/// <typeparam name="TDeclaration">What the rule needs to know; a rule for all declarations is one for messages, too.</typeparam>
internal interface IDeclarationRule<in TDeclaration> where TDeclaration : IDeclaration
{
    DiagnosticDescriptor Descriptor { get; }

    /// <summary>The mistakes of this kind that the declaration has.</summary>
    IEnumerable<Diagnostic> Check(TDeclaration declaration);
}
