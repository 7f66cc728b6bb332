using System.Collections.Generic;
using IpMpsc.Generators.Parsing;
using Microsoft.CodeAnalysis;

namespace IpMpsc.Generators.Diagnostics;

/// <inheritdoc cref="IDeclarationRule{TDeclaration}"/>
internal abstract class DeclarationRule<TDeclaration> : IDeclarationRule<TDeclaration> where TDeclaration : IDeclaration
{
    public abstract DiagnosticDescriptor Descriptor { get; }

    public abstract IEnumerable<Diagnostic> Check(TDeclaration declaration);

    protected Diagnostic At(ISymbol symbol, params object[] arguments) =>
        Diagnostic.Create(Descriptor, symbol.NamePosition(), arguments);
}
