using System.Collections.Generic;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace IpMpsc.Generators.Diagnostics.Baseline;

/// <summary>A change of a message that programs built from the baseline do not understand.</summary>
internal abstract class BaselineRule
{
    public static ImmutableArray<BaselineRule> All { get; } = ImmutableArray.Create<BaselineRule>(
        new RemovedField(),
        new MovedField(),
        new RetypedField(),
        new FieldWithoutSince());

    public abstract DiagnosticDescriptor Descriptor { get; }

    public abstract IEnumerable<Diagnostic> Check(SchemaChange change);
}
