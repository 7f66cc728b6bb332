using System.Linq;
using IpMpsc.Generators.Diagnostics.Usage;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace IpMpsc.Generators.Diagnostics.Flow;

/// <summary>A call that hands out a claim or a message, and the variable it goes to.</summary>
internal readonly record struct Handout(IInvocationOperation Call, HandleKind Kind, ILocalSymbol? Variable)
{
    /// <summary>The sender or receiver that hands it out; null if that is not a variable of this method or object.</summary>
    public ISymbol? Owner => Handles.OwnerOf(Call.Instance);

    /// <summary>How to end it on every path.</summary>
    public string Advice(MethodFlow flow)
    {
        if (Variable is null)
        {
            return "keep it in a variable that is declared with 'using'";
        }

        if (Call.Arguments.Any(argument => argument.Parameter?.RefKind == RefKind.Out))
        {
            return $"put all that follows into 'using ({Variable.Name}) {{ ... }}'";
        }

        return flow.IsAssignedAgain(Variable)
            ? $"'{Variable.Name}' is assigned more than once, so give each its own variable, declared with 'using'"
            : "declare it with 'using'";
    }

    /// <summary>The claim or message that an assignment stores in a local variable.</summary>
    public static Handout? StoredBy(ISimpleAssignmentOperation assignment) =>
        assignment.Target is ILocalReferenceOperation target && CallOf(assignment.Value) is { } call && Of(call) is { } kind
            ? new Handout(call, kind, target.Local)
            : null;

    /// <summary>The claim or message that exists if the call returns true.</summary>
    public static Handout? TriedBy(IInvocationOperation call) =>
        ChannelTypes.HandsOut(call.TargetMethod)
        && call.Arguments.FirstOrDefault(argument => argument.Parameter?.RefKind == RefKind.Out) is { } argument
        && Unwrap(argument.Value) is ILocalReferenceOperation target
            ? new Handout(call, ChannelTypes.HandleKindOf(target.Local.Type), target.Local)
            : null;

    /// <summary>The claim or message that no variable keeps, so that nothing can end it.</summary>
    public static Handout? DroppedBy(IInvocationOperation call)
    {
        if (Of(call) is { } kind)
        {
            bool isDropped = call.Parent switch
            {
                IExpressionStatementOperation => true,
                IAwaitOperation { Parent: var parent } => parent is IExpressionStatementOperation or ISimpleAssignmentOperation { Target: IDiscardOperation },
                ISimpleAssignmentOperation assignment => assignment.Target is IDiscardOperation,
                IPropertyReferenceOperation property => property.Instance == call,
                IInvocationOperation outer => outer.Instance == call
                    && outer.TargetMethod.Name is not ("Commit" or "Abort" or "Dispose"),
                IArgumentOperation { Parent: IInvocationOperation outer } => ChannelTypes.IsGeneratedAccess(outer.TargetMethod),
                _ => false,
            };
            return isDropped ? new Handout(call, kind, Variable: null) : null;
        }

        // A method that is passed the result, such as an assertion, may expect it to be false.
        return ChannelTypes.HandsOut(call.TargetMethod)
            && call.Parent is not IArgumentOperation
            && call.Arguments.FirstOrDefault(argument => argument.Parameter?.RefKind == RefKind.Out)?.Value is
                { } discarded and IDiscardOperation
            ? new Handout(call, ChannelTypes.HandleKindOf(discarded.Type), Variable: null)
            : null;
    }

    private static HandleKind? Of(IInvocationOperation call) =>
        ChannelTypes.HandsOut(call.TargetMethod)
        && ChannelTypes.HandleKindOf(ResultOf(call.Type)) is var kind and not HandleKind.None
            ? kind
            : null;

    /// <summary>The call whose result a value is, or whose task it awaits.</summary>
    private static IInvocationOperation? CallOf(IOperation value) => value switch
    {
        IAwaitOperation awaited => CallOf(awaited.Operation),
        IInvocationOperation { TargetMethod.Name: "ConfigureAwait", Instance: { } task } => CallOf(task),
        _ => value as IInvocationOperation,
    };

    private static ITypeSymbol? ResultOf(ITypeSymbol? type) =>
        type is INamedTypeSymbol { MetadataName: "ValueTask`1" } task ? task.TypeArguments[0] : type;

    private static IOperation Unwrap(IOperation operation) =>
        operation is IDeclarationExpressionOperation declaration ? declaration.Expression : operation;
}
