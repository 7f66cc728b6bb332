using System;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace IpMpsc.Generators.Diagnostics.Usage;

/// <summary>A constant is given as the capacity of a channel, and no channel can have it.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ImpossibleCapacity : DiagnosticAnalyzer
{
    internal const string Id = "IPM0038";

    private static readonly DiagnosticDescriptor s_descriptor = new(
        Id,
        title: "A capacity is a power of two",
        messageFormat: "A capacity is a power of two from {0} to {1} bytes, and {2} is none; use {3}",
        Rule.Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Page(Id));

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        ImmutableArray.Create(s_descriptor);

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterOperationAction(Analyze, OperationKind.SimpleAssignment);
    }

    private static void Analyze(OperationAnalysisContext context)
    {
        var assignment = (ISimpleAssignmentOperation)context.Operation;
        if (assignment.Target is IPropertyReferenceOperation { Property: { Name: "Capacity", ContainingType: var options } }
            && ChannelTypes.IsOptions(options)
            && ConstantOf(assignment.Value) is { } capacity
            && LimitOf(options, "MinCapacity") is { } smallest
            && LimitOf(options, "MaxCapacity") is { } largest
            && (capacity < smallest || capacity > largest || (capacity & (capacity - 1)) != 0))
        {
            long next = smallest;
            while (next < capacity && next < largest)
            {
                next *= 2;
            }

            context.ReportDiagnostic(Diagnostic.Create(
                s_descriptor, assignment.Value.Syntax.GetLocation(), Text(smallest), Text(largest), Text(capacity), Text(next)));
        }
    }

    /// <summary>The value of a constant, below the conversions to the type of the property.</summary>
    private static long? ConstantOf(IOperation value)
    {
        while (!value.ConstantValue.HasValue && value is IConversionOperation conversion)
        {
            value = conversion.Operand;
        }

        return value.ConstantValue.Value is long or int or uint or short or ushort or sbyte or byte
            ? Convert.ToInt64(value.ConstantValue.Value, CultureInfo.InvariantCulture)
            : null;
    }

    // What the library says of itself, so that no second copy of its limits can differ from them.
    private static long? LimitOf(INamedTypeSymbol options, string name) =>
        options.GetMembers(name).OfType<IFieldSymbol>().FirstOrDefault()?.ConstantValue as long?;

    private static string Text(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
