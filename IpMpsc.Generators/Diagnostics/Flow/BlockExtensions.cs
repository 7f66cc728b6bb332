using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace IpMpsc.Generators.Diagnostics.Flow;

internal static class BlockExtensions
{
    /// <summary>The operations of a block in the order in which they are evaluated: operands first.</summary>
    public static IEnumerable<IOperation> DescendantsAndSelf(this BasicBlock block)
    {
        IEnumerable<IOperation> roots = block.BranchValue is { } value ? block.Operations.Append(value) : block.Operations;
        return roots.SelectMany(InEvaluationOrder);
    }

    public static IEnumerable<ControlFlowBranch> Successors(this BasicBlock block)
    {
        if (block.ConditionalSuccessor is { } conditional)
        {
            yield return conditional;
        }

        if (block.FallThroughSuccessor is { } fallThrough)
        {
            yield return fallThrough;
        }
    }

    /// <summary>The regions around a block, from the inside out; those around a lambda are not its own.</summary>
    public static IEnumerable<ControlFlowRegion> Regions(this BasicBlock block)
    {
        for (ControlFlowRegion? region = block.EnclosingRegion;
            region is not null && region.Kind != ControlFlowRegionKind.Root;
            region = region.EnclosingRegion)
        {
            yield return region;
        }
    }

    private static IEnumerable<IOperation> InEvaluationOrder(IOperation operation) =>
        operation.ChildOperations.SelectMany(InEvaluationOrder).Append(operation);
}
