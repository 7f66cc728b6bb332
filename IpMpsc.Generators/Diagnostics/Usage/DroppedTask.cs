using System;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace IpMpsc.Generators.Diagnostics.Usage;

/// <summary>
/// Nobody learns whether an asynchronous call succeeded. In an async method the compiler reports that itself
/// (CS4014).
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class DroppedTask() : RuleAnalyzer(s_descriptor)
{
    internal const string Id = "IPM0040";

    private static readonly DiagnosticDescriptor s_descriptor = new(
        Id,
        title: "The result of an asynchronous call is dropped",
        messageFormat: "Nothing awaits '{0}', so {1}; make the method async and await the call{2}",
        Rule.Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Page(Id));

    private protected override void Register(AnalysisContext context) =>
        context.RegisterOperationAction(Analyze, OperationKind.Invocation);

    private static void Analyze(OperationAnalysisContext context)
    {
        if (context.Operation is IInvocationOperation { TargetMethod: var method } call
            && IsTask(method.ReturnType)
            && (ChannelTypes.IsSender(method.ContainingType) || ChannelTypes.IsReceiver(method.ContainingType))
            && (IsDropped(Converted(call)) ? !IsAsync(call, context.ContainingSymbol) : IsWrapped(call)))
        {
            string blocking = method.Name.EndsWith("Async", StringComparison.Ordinal)
                ? method.Name.Substring(0, method.Name.Length - "Async".Length)
                : method.Name;
            bool hasBlocking = method.ContainingType.GetMembers(blocking).OfType<IMethodSymbol>().Any(other => !IsTask(other.ReturnType));
            context.ReportDiagnostic(Diagnostic.Create(
                s_descriptor,
                call.Syntax.GetLocation(),
                method.Name,
                Loss(method),
                hasBlocking ? $", or call '{blocking}', which blocks the thread" : ""));
        }
    }

    /// <summary>The same task, of another type or awaited in another way.</summary>
    private static IOperation Converted(IInvocationOperation call)
    {
        IOperation task = call;
        while (task.Parent is IInvocationOperation { TargetMethod.Name: "AsTask" or "ConfigureAwait" or "Preserve" } outer && outer.Instance == task)
        {
            task = outer;
        }

        return task;
    }

    private static bool IsDropped(IOperation task) => task.Parent is IExpressionStatementOperation;

    // Task.Run(() => sender.SendAsync(...)) is a Task<ValueTask>: to await it is to await the beginning of the call.
    private static bool IsWrapped(IInvocationOperation call)
    {
        if (call is not { Parent: IReturnOperation { Parent: IBlockOperation { Parent: IAnonymousFunctionOperation { Symbol.IsAsync: false } lambda } } })
        {
            return false;
        }

        IOperation start = lambda;
        while (start.Parent is IDelegateCreationOperation or IConversionOperation or IArgumentOperation)
        {
            start = start.Parent;
        }

        return start.Parent is IInvocationOperation { TargetMethod: { Name: "Run" or "StartNew" } method } run
            && method.ReturnType is INamedTypeSymbol { Name: "Task", TypeArguments: { Length: 1 } results }
            && results[0].Name == "ValueTask"
            && run.Parent is IExpressionStatementOperation
                or IAwaitOperation { Parent: IExpressionStatementOperation }
                or IInvocationOperation { TargetMethod.Name: "Wait" };
    }

    private static string Loss(IMethodSymbol method) =>
        ChannelTypes.Sends(method) ? "the message may never be sent and nothing sees its exception"
        : ChannelTypes.Receives(method) ? "the message that it receives is lost"
        : "its result and its exception are lost";

    private static bool IsAsync(IOperation operation, ISymbol method)
    {
        for (IOperation? around = operation.Parent; around is not null; around = around.Parent)
        {
            switch (around)
            {
                case IAnonymousFunctionOperation lambda:
                    return lambda.Symbol.IsAsync;
                case ILocalFunctionOperation function:
                    return function.Symbol.IsAsync;
            }
        }

        return method is IMethodSymbol { IsAsync: true };
    }

    private static bool IsTask(ITypeSymbol type) => type.Name is "ValueTask" or "Task";
}
