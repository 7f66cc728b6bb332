using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;

namespace IpMpsc.Generators.Diagnostics.Usage;

/// <summary>A lambda, local function or method that another thread runs.</summary>
/// <param name="Body">What it does.</param>
/// <param name="Start">What starts it: a call, a thread that is created, or a timer.</param>
/// <param name="RunsInParallel">Whether several threads may run it at the same time.</param>
internal sealed record ConcurrentWork(IOperation Body, IOperation Start, bool RunsInParallel)
{
    private static readonly HashSet<string> s_waits = new(
        ["Wait", "WaitAll", "WaitAny", "WaitOne", "WhenAll", "Join", "GetResult", "Result", "GetAwaiter"], StringComparer.Ordinal);

    /// <summary>What another thread runs, if the operation is a lambda or the name of a method; otherwise null.</summary>
    public static ConcurrentWork? From(IOperation operation)
    {
        if (operation is not (IAnonymousFunctionOperation or IMethodReferenceOperation))
        {
            return null;
        }

        IOperation? start = operation.Parent;
        while (start is IDelegateCreationOperation or IConversionOperation or IArgumentOperation
            or IArrayCreationOperation or IArrayInitializerOperation or ICollectionExpressionOperation)
        {
            start = start.Parent;
        }

        return IsConcurrent(start, out bool runsInParallel) && BodyOf(operation) is { } body
            ? new ConcurrentWork(body, start!, runsInParallel)
            : null;
    }

    /// <summary>Whether several runs of the work, at the same time, see the same value of a variable.</summary>
    public bool RunsOftenAround(ISymbol variable) =>
        RunsInParallel
        || (!IsWaitedFor
            && Loop is { } loop
            && IsDeclaredOutside(variable, loop)
            && !HasWait((loop as AnonymousFunctionExpressionSyntax)?.Body ?? loop, loop.Span));

    /// <summary>Whether the work may still run when a later one begins.</summary>
    public bool CanRunBeside(ConcurrentWork later) => later.Start == Start || (!later.Continues && CanRunBeside(later.Start.Syntax, Start.Syntax.Span.End));

    /// <summary>Whether the work may still run when the method that starts it reaches a later operation.</summary>
    public bool CanRunBeside(IOperation later) =>
        FunctionAround(later) == FunctionAround(Start)
        && Beginning is { } beginning
        && CanRunBeside(later.Syntax, beginning);

    /// <summary>Whether a variable outlives one run of the work, so that several runs share it.</summary>
    public bool Shares(ISymbol variable) =>
        variable is IFieldSymbol or IPropertySymbol || IsDeclaredOutside(variable, Body.Syntax);

    private bool CanRunBeside(SyntaxNode later, int beginning) =>
        !IsWaitedFor
        && !IsAlternativeTo(later)
        && beginning <= later.SpanStart
        && !HasWait(Start.Syntax.SyntaxTree.GetRoot(), TextSpan.FromBounds(beginning, later.SpanStart));

    // It begins after something else, probably after the work that was started before it.
    private bool Continues => Start is IInvocationOperation { TargetMethod.Name: "ContinueWith" };

    // Only one of two branches runs.
    private bool IsAlternativeTo(SyntaxNode later) =>
        Start.Syntax.Ancestors().First(node => node.Span.Contains(later.Span)) is
            IfStatementSyntax or ConditionalExpressionSyntax or SwitchStatementSyntax or SwitchExpressionSyntax;

    private SyntaxNode? Loop => Start.Syntax.Ancestors()
        .TakeWhile(node => IsRunForEach(node)
            || node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or MemberDeclarationSyntax))
        .FirstOrDefault(node => IsRunForEach(node)
            || node is ForStatementSyntax or CommonForEachStatementSyntax or WhileStatementSyntax or DoStatementSyntax);

    // Select(x => Task.Run(...)) starts several tasks, unless the body of a foreach over it may wait for each.
    private static bool IsRunForEach(SyntaxNode node) => node is AnonymousFunctionExpressionSyntax
    {
        Parent.Parent.Parent: InvocationExpressionSyntax
        {
            Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Select" or "ForEach" },
            Parent: not CommonForEachStatementSyntax,
        },
    };

    // Not beyond an argument: a call that waits there waits for several at once.
    private bool IsWaitedFor => Start.Syntax.Ancestors().TakeWhile(node => node is ExpressionSyntax).Any(IsWait);

    /// <summary>Where the work begins to run. A thread that is only created waits for its Start; without one here it is null.</summary>
    private int? Beginning
    {
        get
        {
            int created = Start.Syntax.Span.End;
            if (Start is not IObjectCreationOperation { Type.Name: "Thread" or "Task" })
            {
                return created;
            }

            return FunctionAround(Start).Syntax.DescendantNodes().OfType<MemberAccessExpressionSyntax>()
                .Where(member => member.Name.Identifier.ValueText == "Start" && member.Span.End > created)
                .Select(member => (int?)member.Span.End)
                .FirstOrDefault();
        }
    }

    private static bool IsConcurrent(IOperation? start, out bool runsInParallel)
    {
        runsInParallel = start switch
        {
            IInvocationOperation { TargetMethod: { ContainingType.Name: "Parallel" or "ParallelEnumerable" } method } =>
                method.Name is "For" or "ForEach" or "ForAsync" or "ForEachAsync" or "ForAll",
            IObjectCreationOperation { Type.Name: "Timer" } timer => Repeats(timer.Arguments),
            IInvocationOperation { TargetMethod.Name: "CreateTimer" } timer => Repeats(timer.Arguments),
            IEventAssignmentOperation => true,
            _ => false,
        };
        return start switch
        {
            IInvocationOperation call => StartsWork(call.TargetMethod),
            IObjectCreationOperation { Type: { Name: "Thread" or "Task" or "Timer" } type } => IsIn(type, "Threading"),
            IEventAssignmentOperation { Adds: true, EventReference: IEventReferenceOperation { Event: { Name: "Elapsed" } elapsed } } =>
                IsIn(elapsed.ContainingType, "Timers"),
            _ => false,
        };
    }

    private static bool StartsWork(IMethodSymbol method) => (method.ContainingType?.Name, method.Name) switch
    {
        ("Parallel" or "ParallelEnumerable", _) => true,
        ("Task", "Run" or "ContinueWith") or ("TaskFactory", "StartNew") => true,
        ("ThreadPool", "QueueUserWorkItem" or "UnsafeQueueUserWorkItem") => true,
        (_, "CreateTimer") => method.ReturnType.Name == "ITimer",
        _ => false,
    };

    private static bool IsIn(ITypeSymbol type, string part)
    {
        for (INamespaceSymbol? space = type.ContainingNamespace; space is not null; space = space.ContainingNamespace)
        {
            if (space.Name == part)
            {
                return true;
            }
        }

        return false;
    }

    // A timer does not wait for its last callback: the next one may begin on another thread.
    private static bool Repeats(IEnumerable<IArgumentOperation> arguments) =>
        arguments.FirstOrDefault(argument => argument.Parameter?.Name == "period")?.Value is { } period
        && !period.Syntax.ToString().Contains("Infinite")
        && !(period.ConstantValue is { HasValue: true, Value: { } constant } && constant.ToString() is "-1" or "4294967295");

    private static IOperation? BodyOf(IOperation operation)
    {
        switch (operation)
        {
            case IAnonymousFunctionOperation lambda:
                return lambda;
            case IMethodReferenceOperation { Instance: null or IInstanceReferenceOperation } reference:
                SyntaxNode? declaration = reference.Method.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax();
                return declaration?.SyntaxTree == reference.Syntax.SyntaxTree
                    ? reference.SemanticModel!.GetOperation(declaration)
                    : null;
            default:
                return null;
        }
    }

    private static IOperation FunctionAround(IOperation operation)
    {
        IOperation around = operation;
        while (around.Parent is not null && around is not (IAnonymousFunctionOperation or ILocalFunctionOperation))
        {
            around = around.Parent;
        }

        return around;
    }

    private static bool IsDeclaredOutside(ISymbol variable, SyntaxNode scope) =>
        variable.DeclaringSyntaxReferences.All(reference =>
            reference.SyntaxTree != scope.SyntaxTree || !scope.Span.Contains(reference.Span));

    // What is waited for between two starts may be the first of the two. Lambdas wait on their own.
    private bool HasWait(SyntaxNode scope, TextSpan span) => scope
        .DescendantNodes(node => node.Span.IntersectsWith(span) && node is not AnonymousFunctionExpressionSyntax)
        .Any(node => span.Contains(node.Span) && (IsWait(node) || HandsOnTheTask(node)));

    private static bool IsWait(SyntaxNode node) =>
        node is AwaitExpressionSyntax
        || (node is MemberAccessExpressionSyntax member && s_waits.Contains(member.Name.Identifier.ValueText));

    // A method that gets the task or thread may wait for it.
    private bool HandsOnTheTask(SyntaxNode node) =>
        node is ArgumentSyntax { Expression: IdentifierNameSyntax argument }
        && Start.Syntax.FirstAncestorOrSelf<EqualsValueClauseSyntax>()?.Parent is VariableDeclaratorSyntax variable
        && variable.Identifier.ValueText == argument.Identifier.ValueText;
}
