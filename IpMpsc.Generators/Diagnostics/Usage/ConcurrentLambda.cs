using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;

namespace IpMpsc.Generators.Diagnostics.Usage;

/// <summary>A lambda that is given to something that runs it on another thread.</summary>
/// <param name="Function">The lambda.</param>
/// <param name="Start">What starts it.</param>
/// <param name="RunsInParallel">Whether several threads run it at once.</param>
internal sealed record ConcurrentLambda(IAnonymousFunctionOperation Function, IOperation Start, bool RunsInParallel)
{
    private static readonly HashSet<string> s_waits = new(
        ["Wait", "WaitAll", "WhenAll", "Join", "GetResult", "Result", "GetAwaiter"], StringComparer.Ordinal);

    /// <summary>Null for a lambda that is not known to run on another thread.</summary>
    public static ConcurrentLambda? From(IAnonymousFunctionOperation function)
    {
        IOperation? start = function.Parent;
        while (start is IDelegateCreationOperation or IConversionOperation or IArgumentOperation
            or IArrayCreationOperation or IArrayInitializerOperation or ICollectionExpressionOperation)
        {
            start = start.Parent;
        }

        return start switch
        {
            IInvocationOperation call when StartsThread(call.TargetMethod) =>
                new ConcurrentLambda(function, start, RunsInParallel: false),
            IInvocationOperation { TargetMethod: { ContainingType.Name: "Parallel" or "ParallelEnumerable" } method } =>
                new ConcurrentLambda(function, start, method.Name is "For" or "ForEach" or "ForAsync" or "ForEachAsync" or "ForAll"),
            IObjectCreationOperation { Type.Name: "Thread" or "Task" } =>
                new ConcurrentLambda(function, start, RunsInParallel: false),
            _ => null,
        };
    }

    /// <summary>Whether several runs of the lambda, at the same time, see the same value of a variable.</summary>
    public bool RunsOftenAround(ISymbol variable) =>
        RunsInParallel
        || (!IsWaitedFor && Loop is { } loop && IsDeclaredOutside(variable, loop) && !HasWait(loop, loop.Span));

    /// <summary>Whether the lambda may still run when a later one begins.</summary>
    public bool CanRunBeside(ConcurrentLambda later)
    {
        if (later.Start == Start)
        {
            return true;
        }

        int end = Start.Syntax.Span.End;
        return !IsWaitedFor
            && !IsAlternativeTo(later)
            && end <= later.Start.Syntax.SpanStart
            && !HasWait(Start.Syntax.SyntaxTree.GetRoot(), TextSpan.FromBounds(end, later.Start.Syntax.SpanStart));
    }

    // Of two branches only one is run.
    private bool IsAlternativeTo(ConcurrentLambda later) =>
        Start.Syntax.Ancestors().First(node => node.Span.Contains(later.Start.Syntax.Span)) is
            IfStatementSyntax or ConditionalExpressionSyntax or SwitchStatementSyntax or SwitchExpressionSyntax;

    private SyntaxNode? Loop => Start.Syntax.Ancestors()
        .TakeWhile(node => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax
            or MemberDeclarationSyntax))
        .FirstOrDefault(node => node is ForStatementSyntax or CommonForEachStatementSyntax or WhileStatementSyntax
            or DoStatementSyntax);

    // Not beyond an argument: what waits there waits for several at once.
    private bool IsWaitedFor => Start.Syntax.Ancestors().TakeWhile(node => node is ExpressionSyntax).Any(IsWait);

    private static bool StartsThread(IMethodSymbol method) => (method.ContainingType?.Name, method.Name) switch
    {
        ("Task", "Run") or ("TaskFactory", "StartNew") => true,
        ("ThreadPool", "QueueUserWorkItem" or "UnsafeQueueUserWorkItem") => true,
        _ => false,
    };

    private static bool IsDeclaredOutside(ISymbol variable, SyntaxNode loop) =>
        variable.DeclaringSyntaxReferences.All(reference =>
            reference.SyntaxTree != loop.SyntaxTree || !loop.Span.Contains(reference.Span));

    // What is waited for between two starts may well be the first of the two. Lambdas wait on their own.
    private static bool HasWait(SyntaxNode scope, TextSpan span) => scope
        .DescendantNodes(node => node.Span.IntersectsWith(span) && node is not AnonymousFunctionExpressionSyntax)
        .Any(node => span.Contains(node.Span) && IsWait(node));

    private static bool IsWait(SyntaxNode node) =>
        node is AwaitExpressionSyntax
        || (node is MemberAccessExpressionSyntax member && s_waits.Contains(member.Name.Identifier.ValueText));
}
