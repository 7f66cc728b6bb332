using System.Collections.Generic;
using System.Linq;
using IpMpsc.Generators.Diagnostics.Flow;
using IpMpsc.Generators.Diagnostics.Usage;
using Microsoft.CodeAnalysis;

namespace IpMpsc.Generators.Diagnostics.Lifetimes;

/// <summary>Bytes of the ring are used after what gave access to them has ended.</summary>
internal abstract class StaleUseRule(DiagnosticDescriptor descriptor, HandleKind source) : LifetimeRule(descriptor)
{
    public sealed override IEnumerable<Diagnostic> Check(MethodFlow flow) =>
        from use in flow.StaleUses
        where use.Source == source
        select Diagnostic.Create(Descriptor, use.Use.GetLocation(), use.Holder);
}
