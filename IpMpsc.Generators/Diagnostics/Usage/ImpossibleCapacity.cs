using System;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace IpMpsc.Generators.Diagnostics.Usage;

/// <summary>A constant cannot be the capacity of a channel.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ImpossibleCapacity() : RuleAnalyzer(s_descriptor)
{
    internal const string Id = "IPM0038";

    private static readonly DiagnosticDescriptor s_descriptor = new(
        Id,
        title: "A capacity is a power of two",
        messageFormat: "{2} is not a power of two from {0} to {1} bytes; use {3}",
        Rule.Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Page(Id));

    private protected override void Register(AnalysisContext context)
    {
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

    /// <summary>The value of a constant, without the conversions to the type of the property.</summary>
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

    // Read from the library, so that there is no second copy of its limits to keep up to date.
    private static long? LimitOf(INamedTypeSymbol options, string name) =>
        options.GetMembers(name).OfType<IFieldSymbol>().FirstOrDefault()?.ConstantValue as long?;

    private static string Text(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
