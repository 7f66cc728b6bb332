using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace IpMpsc.Generators;

/// <summary>Disposing a claim aborts it, so a claim that is only disposed is never sent.</summary>
internal sealed class UncommittedClaim : FlowRule
{
    public const string Id = "IPM0031";

    private static readonly DiagnosticDescriptor s_descriptor = new(
        Id,
        title: "A claim is never committed",
        messageFormat: "'{0}' is never committed, so its message is never sent; call 'Commit()' at the end of its block",
        Rule.Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Page(Id));

    public override DiagnosticDescriptor Descriptor => s_descriptor;

    public override IEnumerable<Diagnostic> Check(MethodFlow flow)
    {
        ILookup<ISymbol?, string> fates = flow.Operations
            .Where(operation => ChannelTypes.HandleKindOf(operation.Type) == HandleKind.Claim)
            .ToLookup(
                operation => flow.Handles.VariableOf(operation) as ISymbol,
                operation => Fate(operation, flow.Handles),
                SymbolEqualityComparer.Default);
        return from variable in DisposedVariables(flow)
               where !fates[variable].Any(fate => fate is "Commit" or "Abort" or nameof(HandleUse.Escape))
               select Diagnostic.Create(s_descriptor, variable.NamePosition(), variable.Name);
    }

    private static IEnumerable<ILocalSymbol> DisposedVariables(MethodFlow flow) =>
        flow.Operations.OfType<IInvocationOperation>()
            .Where(call => call.TargetMethod.Name == "Dispose"
                && ChannelTypes.HandleKindOf(call.Instance?.Type) == HandleKind.Claim)
            .Select(call => flow.Handles.VariableOf(call.Instance))
            .OfType<ILocalSymbol>()
            .Distinct<ILocalSymbol>(SymbolEqualityComparer.Default);

    private static string Fate(IOperation reference, Handles handles) => handles.UseOf(reference) switch
    {
        HandleUse.End => ((IInvocationOperation)reference.Parent!).TargetMethod.Name,
        var use => use.ToString(),
    };
}
