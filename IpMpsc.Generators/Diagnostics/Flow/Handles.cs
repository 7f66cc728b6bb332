using System.Collections.Generic;
using System.Linq;
using IpMpsc.Generators.Diagnostics.Usage;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace IpMpsc.Generators.Diagnostics.Flow;

/// <summary>Knows which variables of a control flow graph are claims or messages, and what a use does with them.</summary>
internal sealed class Handles(ControlFlowGraph graph)
{
    // A temporary that is set in one place stands for its value.
    private readonly Dictionary<CaptureId, IOperation?> _captured = graph.Blocks
        .SelectMany(block => block.DescendantsAndSelf())
        .OfType<IFlowCaptureOperation>()
        .GroupBy(capture => capture.Id)
        .ToDictionary(group => group.Key, group => group.Count() == 1 ? group.First().Value : null);

    /// <summary>
    /// The variable that an operation refers to, seen through the temporaries of the graph; a
    /// temporary that does not stand for a variable counts as one. Null if the operation refers to no variable.
    /// </summary>
    public object? VariableOf(IOperation? operation) => operation switch
    {
        ILocalReferenceOperation local => local.Local,
        IParameterReferenceOperation parameter => parameter.Parameter,
        IDeclarationExpressionOperation declaration => VariableOf(declaration.Expression),
        IFlowCaptureReferenceOperation reference =>
            (_captured.TryGetValue(reference.Id, out IOperation? value) ? VariableOf(value) : null) ?? reference.Id,
        _ => null,
    };

    /// <summary>The sender or receiver that a method is called on, if it is a variable or a member of this object.</summary>
    public static ISymbol? OwnerOf(IOperation? instance) => instance switch
    {
        ILocalReferenceOperation local => local.Local,
        IParameterReferenceOperation parameter => parameter.Parameter,
        IMemberReferenceOperation { Instance: null or IInstanceReferenceOperation } member => member.Member,
        _ => null,
    };

    /// <summary>What the operation around a reference to a claim or message does with it.</summary>
    public HandleUse UseOf(IOperation reference) => reference.Parent switch
    {
        IInvocationOperation call when call.Instance == reference =>
            call.TargetMethod.Name is "Commit" or "Abort" or "Dispose" ? HandleUse.End : HandleUse.Access,
        IConversionOperation { Parent: IInvocationOperation { TargetMethod.Name: "Dispose" } } => HandleUse.End, // 'using' of a struct.
        IPropertyReferenceOperation property when property.Instance == reference =>
            property.Property.Name is "Position" or "IsHeld" ? HandleUse.None : HandleUse.Access,
        IArgumentOperation { Parent: IInvocationOperation call } when ChannelTypes.IsGeneratedAccess(call.TargetMethod) =>
            HandleUse.Access,
        IArgumentOperation { Parameter.RefKind: RefKind.Out } or IDeclarationExpressionOperation => HandleUse.Replace,
        ISimpleAssignmentOperation assignment when assignment.Target == reference =>
            !assignment.IsRef && IsReference(reference) ? HandleUse.Access : HandleUse.Replace,
        IFlowCaptureOperation capture when _captured[capture.Id] is not null => HandleUse.None,
        IExpressionStatementOperation => HandleUse.None,
        _ => HandleUse.Escape,
    };

    private static bool IsReference(IOperation operation) =>
        operation is ILocalReferenceOperation { Local.IsRef: true } or IParameterReferenceOperation { Parameter.RefKind: not RefKind.None };
}
