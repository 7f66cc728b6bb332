using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace IpMpsc.Generators.Diagnostics.Usage;

/// <summary>A claim reserves room for a field that nothing fills: the receiver gets the bytes of an earlier message.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UnfilledField() : RuleAnalyzer(s_descriptor)
{
    internal const string Id = "IPM0042";

    private static readonly DiagnosticDescriptor s_descriptor = new(
        Id,
        title: "A claimed field is never filled",
        messageFormat: "'{0}' gets room in the claim but is never filled, so the receiver reads bytes of an earlier message; "
            + "fill '{1}', or leave its size out",
        Rule.Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Page(Id));

    private protected override void Register(AnalysisContext context) => context.RegisterOperationBlockAction(Analyze);

    private static void Analyze(OperationBlockAnalysisContext context)
    {
        foreach (IOperation body in context.OperationBlocks)
        {
            foreach (IInvocationOperation call in body.Descendants().OfType<IInvocationOperation>())
            {
                if (SizesOf(call, body) is { Length: > 0 } sizes
                    && VariableOf(call) is { } claim
                    && FilledThrough(claim, body) is { } filled)
                {
                    foreach ((IPropertyReferenceOperation field, string name) in sizes.Where(size => !filled.Contains(size.Name)))
                    {
                        context.ReportDiagnostic(
                            Diagnostic.Create(s_descriptor, field.Syntax.GetLocation(), name, $"{claim.Name}.Writer.{name}"));
                    }
                }
            }
        }
    }

    /// <summary>
    /// The fields that a claim reserves room for, as they are written in the call, or for the variable that it is given. None that gets no
    /// room in some place.
    /// </summary>
    private static (IPropertyReferenceOperation Field, string Name)[] SizesOf(IInvocationOperation call, IOperation body) =>
        ChannelTypes.Sends(call.TargetMethod) && ChannelTypes.HandsOut(call.TargetMethod)
            ? [
                .. from argument in call.Arguments
                   from assignment in AssignmentsOf(argument.Value, body)
                   let field = assignment.Target as IPropertyReferenceOperation
                   where field is { Property.ContainingType.Name: "Sizes" } && IsFilledInPlace(field.Property)
                   group (field, assignment.Value) by field.Property.Name into assignments
                   where !assignments.Any(assigned => assigned.Value.ConstantValue is { HasValue: true, Value: 0 })
                   select (assignments.First().field, assignments.Key),
            ]
            : [];

    /// <summary>
    /// The assignments that make a value: in its initializer or, of a variable, in those of what it is given, and to its properties before
    /// it is used. None of a variable that another method may change.
    /// </summary>
    private static IEnumerable<ISimpleAssignmentOperation> AssignmentsOf(IOperation value, IOperation body)
    {
        value = value is IConversionOperation conversion ? conversion.Operand : value;
        if (value is not ILocalReferenceOperation { Local: var variable })
        {
            return InitializersOf(value);
        }

        List<ILocalReferenceOperation> references =
            [.. body.Descendants().OfType<ILocalReferenceOperation>().Where(reference => SymbolEqualityComparer.Default.Equals(reference.Local, variable))];
        if (references.Any(reference => reference.Parent is IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out }))
        {
            return [];
        }

        IEnumerable<IOperation?> declared = body.Descendants().OfType<IVariableDeclaratorOperation>()
            .Where(declarator => SymbolEqualityComparer.Default.Equals(declarator.Symbol, variable))
            .Select(declarator => declarator.Initializer?.Value);
        List<ISimpleAssignmentOperation> before = [.. body.Descendants().OfType<ISimpleAssignmentOperation>()
            .Where(assignment => assignment.Syntax.SpanStart < value.Syntax.SpanStart)];
        IEnumerable<IOperation?> assigned = before.Where(assignment => IsOf(assignment.Target, variable)).Select(assignment => assignment.Value);
        return declared.Concat(assigned).SelectMany(InitializersOf)
            .Concat(before.Where(assignment => assignment.Target is IPropertyReferenceOperation property && IsOf(property.Instance, variable)));
    }

    private static bool IsOf(IOperation? operation, ILocalSymbol variable) =>
        operation is ILocalReferenceOperation reference && SymbolEqualityComparer.Default.Equals(reference.Local, variable);

    private static IEnumerable<ISimpleAssignmentOperation> InitializersOf(IOperation? value) =>
        (value as IObjectCreationOperation)?.Initializer?.Initializers.OfType<ISimpleAssignmentOperation>() ?? [];

    /// <summary>Whether the claim reserves room that its writer fills; a field without a member there was given as a value.</summary>
    private static bool IsFilledInPlace(IPropertySymbol field) =>
        field.ContainingType.ContainingType?.GetTypeMembers("Writer").Any(writer => !writer.GetMembers(field.Name).IsEmpty) == true;

    /// <summary>The variable that the claim goes to: a local that it initializes, or an out variable.</summary>
    private static ILocalSymbol? VariableOf(IInvocationOperation call)
    {
        if (call.Parent is IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator })
        {
            return declarator.Symbol;
        }

        return call.Arguments.FirstOrDefault(argument => argument.Parameter?.RefKind == RefKind.Out)?.Value is
            IDeclarationExpressionOperation { Expression: ILocalReferenceOperation { IsDeclaration: true } tried }
            ? tried.Local
            : null;
    }

    /// <summary>The fields that are touched through a claim or a writer; null if it is passed to code that may fill any field.</summary>
    private static HashSet<string>? FilledThrough(ILocalSymbol variable, IOperation body)
    {
        var filled = new HashSet<string>(System.StringComparer.Ordinal);
        bool isSent = false;
        foreach (ILocalReferenceOperation reference in body.Descendants().OfType<ILocalReferenceOperation>())
        {
            if (!SymbolEqualityComparer.Default.Equals(reference.Local, variable) || reference.IsDeclaration)
            {
                continue;
            }

            switch (reference.Parent)
            {
                case IInvocationOperation { TargetMethod.Name: "Commit" }:
                    isSent = true;
                    break;
                case IInvocationOperation { TargetMethod.Name: "Abort" or "Dispose" }:
                case IUsingOperation:
                    break;
                case IPropertyReferenceOperation { Property.Name: "Writer" } writer:
                    if (!AddFields(writer, body, filled))
                    {
                        return null;
                    }

                    break;
                case IArgumentOperation { Parent: IInvocationOperation { TargetMethod.Name: "Writer" } writer }
                    when ChannelTypes.IsGeneratedAccess(writer.TargetMethod):
                    if (!AddFields(writer, body, filled))
                    {
                        return null;
                    }

                    break;
                default:
                    return null;
            }
        }

        return isSent ? filled : null;
    }

    private static bool AddFields(IOperation writer, IOperation body, HashSet<string> filled)
    {
        switch (writer.Parent)
        {
            case IPropertyReferenceOperation field:
                filled.Add(field.Property.Name);
                return true;
            case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator }:
                foreach (IOperation reference in body.Descendants().OfType<ILocalReferenceOperation>()
                    .Where(reference => SymbolEqualityComparer.Default.Equals(reference.Local, declarator.Symbol)))
                {
                    if (reference.Parent is not IPropertyReferenceOperation field)
                    {
                        return false;
                    }

                    filled.Add(field.Property.Name);
                }

                return true;
            default:
                return false;
        }
    }
}
