using System.Collections.Generic;
using System.Linq;
using IpMpsc.Generators.Diagnostics.Flow;
using Microsoft.CodeAnalysis;

namespace IpMpsc.Generators.Diagnostics.Lifetimes;

/// <summary>A sender or receiver is asked for the next thing while the last one that it handed out is open.</summary>
internal sealed class SecondWhileOpen() : LifetimeRule(s_descriptor)
{
    public const string Id = "IPM0041";

    private static readonly DiagnosticDescriptor s_descriptor = new(
        Id,
        title: "A sender or receiver is used while its last claim or message is open",
        messageFormat: "'{0}' is called while {1} is open; {2}",
        Rule.Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Page(Id));

    public override IEnumerable<Diagnostic> Check(MethodFlow flow) =>
        from conflict in flow.Open.Conflicts.Concat(Conflict.InLoopsAndHandlers(flow))
        select Diagnostic.Create(
            Descriptor, conflict.Call.Syntax.GetLocation(), conflict.Call.TargetMethod.Name, conflict.Open, conflict.Consequence);
}
