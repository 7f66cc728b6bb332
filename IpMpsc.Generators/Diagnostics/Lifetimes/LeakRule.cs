using System.Collections.Generic;
using System.Linq;
using IpMpsc.Generators.Diagnostics.Flow;
using IpMpsc.Generators.Diagnostics.Usage;
using Microsoft.CodeAnalysis;

namespace IpMpsc.Generators.Diagnostics.Lifetimes;

/// <summary>Something that is handed out is not ended on some path.</summary>
internal abstract class LeakRule(DiagnosticDescriptor descriptor, HandleKind kind) : LifetimeRule(descriptor)
{
    public sealed override IEnumerable<Diagnostic> Check(MethodFlow flow) =>
        from leak in flow.Open.Leaks
        where leak.Kind == kind
        select Diagnostic.Create(Descriptor, leak.Call.Syntax.GetLocation(), leak.Advice(flow));
}
