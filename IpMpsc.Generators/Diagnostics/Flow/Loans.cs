using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using IpMpsc.Generators.Diagnostics.Usage;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace IpMpsc.Generators.Diagnostics.Flow;

/// <summary>Finds uses of claims, messages and what was taken from them after they ended.</summary>
internal sealed class Loans(ControlFlowGraph graph, Handles handles) : ForwardAnalysis<Loan>(graph)
{
    private readonly HashSet<StaleUse> _found = [];
    private readonly Dictionary<object, HandleKind> _kinds = [];

    public ImmutableArray<StaleUse> FindStaleUses()
    {
        Run();
        return [.. _found.OrderBy(use => use.Use.SpanStart)];
    }

    protected override bool Transfer(IOperation operation, HashSet<Loan> facts)
    {
        switch (operation)
        {
            case ISimpleAssignmentOperation assignment when handles.VariableOf(assignment.Target) is { } holder
                && (assignment.IsRef || IsRefLike(assignment.Target.Type) || IsHandle(assignment.Target.Type)):
                Assign(holder, Lenders(assignment.Value, facts), facts);
                break;
            case IFlowCaptureOperation capture when IsRefLike(capture.Value.Type):
                Assign(capture.Id, Lenders(capture.Value, facts), facts);
                break;
            case IDeclarationPatternOperation { DeclaredSymbol: { } matched }:
                Assign(matched, [], facts);
                break;
            case IRecursivePatternOperation { DeclaredSymbol: { } matched }:
                Assign(matched, [], facts);
                break;
            case IArgumentOperation { Parameter.RefKind: RefKind.Out } argument
                when handles.VariableOf(argument.Value) is { } replaced:
                Assign(replaced, [], facts);
                break;
            case IInvocationOperation { TargetMethod.Name: "MoveNext" or "Dispose" } step
                when HandleOf(step.Instance) is { Kind: HandleKind.Enumerator } loop:
                End(loop.Handle, facts);
                break;
            default:
                if (handles.VariableOf(operation) is { } variable)
                {
                    Use(operation, variable, facts);
                }

                break;
        }

        return true;
    }

    private void Use(IOperation reference, object variable, HashSet<Loan> facts)
    {
        HandleUse use = handles.UseOf(reference);
        if (HandleOf(reference) is { Kind: HandleKind.Claim or HandleKind.Message or HandleKind.Held } && use == HandleUse.End)
        {
            End(variable, facts);
        }
        else if (use is HandleUse.Access or HandleUse.Escape && !IsLength(reference))
        {
            // All of them, so that the worst of several sources can be told.
            foreach (Loan loan in facts.Where(loan => loan.HasEnded && loan.Holder.Equals(variable)))
            {
                string name = variable is ISymbol symbol ? symbol.Name : reference.Syntax.ToString();
                _found.Add(new StaleUse(reference.Syntax, name, _kinds[loan.Source]));
            }
        }
    }

    private void End(object handle, HashSet<Loan> facts)
    {
        List<Loan> ended = facts.Where(loan => loan.Source.Equals(handle)).ToList();
        facts.ExceptWith(ended);
        facts.UnionWith(ended.Select(loan => loan with { HasEnded = true }));
        if (_kinds[handle] != HandleKind.Enumerator)
        {
            facts.Add(new Loan(handle, handle, HasEnded: true));
        }
    }

    private static void Assign(object holder, List<object> lenders, HashSet<Loan> facts)
    {
        facts.RemoveWhere(loan => loan.Holder.Equals(holder));
        facts.UnionWith(lenders.Select(lender => new Loan(holder, lender, HasEnded: false)));
    }

    /// <summary>The claims, messages and enumerators whose bytes the value of an expression may look at.</summary>
    private List<object> Lenders(IOperation? value, HashSet<Loan> facts)
    {
        if (value is null)
        {
            return [];
        }

        if (handles.VariableOf(value) is { } variable)
        {
            IEnumerable<object> sources = facts.Where(loan => loan.Holder.Equals(variable)).Select(loan => loan.Source);
            return (HandleOf(value) is { } handle ? sources.Append(handle.Handle) : sources).Distinct().ToList();
        }

        return value switch
        {
            IInvocationOperation call => CanLend(call.Type, call.TargetMethod.RefKind)
                ? Lenders(LendingOperand(call), facts)
                : [],
            IPropertyReferenceOperation property => CanLend(property.Type, property.Property.RefKind)
                ? Lenders(property.Instance, facts)
                : [],
            IFieldReferenceOperation field => Lenders(field.Instance, facts),
            IArgumentOperation argument => Lenders(argument.Value, facts),
            _ when IsRefLike(value.Type) => value.ChildOperations.SelectMany(child => Lenders(child, facts)).ToList(),
            _ => [],
        };
    }

    // A method may take a span and return another one. Only what is known to pass on is followed: own
    // methods of the span, and those that look at the same bytes in another way.
    private static IOperation? LendingOperand(IInvocationOperation call) => call switch
    {
        { Instance: { } instance } => instance,
        _ when call.TargetMethod.ContainingType?.Name is "MemoryMarshal" or "MemoryExtensions" or "Unsafe"
            || ChannelTypes.IsGeneratedAccess(call.TargetMethod) => call.Arguments.FirstOrDefault()?.Value,
        _ => null,
    };

    private (object Handle, HandleKind Kind)? HandleOf(IOperation? reference)
    {
        HandleKind kind = ChannelTypes.HandleKindOf(reference?.Type);
        if (kind == HandleKind.None || handles.VariableOf(reference) is not { } variable)
        {
            return null;
        }

        _kinds[variable] = kind;
        return (variable, kind);
    }

    // The number of bytes is part of the span, not of the ring.
    private static bool IsLength(IOperation reference) =>
        reference.Parent is IPropertyReferenceOperation { Property.Name: "Length" or "IsEmpty" };

    private static bool CanLend(ITypeSymbol? type, RefKind kind) => kind != RefKind.None || IsRefLike(type);

    private static bool IsHandle(ITypeSymbol? type) => ChannelTypes.HandleKindOf(type) != HandleKind.None;

    private static bool IsRefLike(ITypeSymbol? type) => type is { IsRefLikeType: true };
}
