using System.Collections.Generic;
using System.Linq;
using IpMpsc.Generators.Diagnostics.Flow;
using IpMpsc.Generators.Diagnostics.Usage;
using IpMpsc.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace IpMpsc.Generators.Diagnostics.Lifetimes;

/// <summary>Disposing a claim aborts it, so a claim that is only disposed is never sent.</summary>
internal sealed class UncommittedClaim() : LifetimeRule(s_descriptor)
{
    public const string Id = "IPM0031";

    private static readonly DiagnosticDescriptor s_descriptor = new(
        Id,
        title: "A claim is never committed",
        messageFormat: "'{0}' is never committed, so its message is never sent; call 'Commit()' when it is filled",
        Rule.Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Page(Id));

    public override IEnumerable<Diagnostic> Check(MethodFlow flow)
    {
        var decided = new HashSet<ISymbol?>(
            flow.Operations
                .Where(operation => ChannelTypes.HandleKindOf(operation.Type) == HandleKind.Claim && IsDecidedBy(operation, flow))
                .Select(operation => flow.Handles.VariableOf(operation) as ISymbol),
            SymbolEqualityComparer.Default);
        return from variable in DisposedVariables(flow)
               where !decided.Contains(variable)
               select Diagnostic.Create(s_descriptor, variable.NamePosition(), variable.Name);
    }

    // A commit or an abort decides, or code that the claim is passed to. Disposing only forgets.
    private static bool IsDecidedBy(IOperation reference, MethodFlow flow) => flow.Handles.UseOf(reference) switch
    {
        HandleUse.End => ((IInvocationOperation)reference.Parent!).TargetMethod.Name != "Dispose",
        HandleUse.Escape => true,
        _ => false,
    };

    private static IEnumerable<ILocalSymbol> DisposedVariables(MethodFlow flow) =>
        flow.Operations.OfType<IInvocationOperation>()
            .Where(call => call.TargetMethod.Name == "Dispose"
                && ChannelTypes.HandleKindOf(call.Instance?.Type) == HandleKind.Claim)
            .Select(call => flow.Handles.VariableOf(call.Instance))
            .OfType<ILocalSymbol>()
            .Distinct<ILocalSymbol>(SymbolEqualityComparer.Default);
}
