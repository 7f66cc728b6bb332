using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace IpMpsc.Generators.Diagnostics.Usage;

/// <summary>Nothing learns that a message was not sent.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class IgnoredSendResult() : RuleAnalyzer(s_descriptor)
{
    internal const string Id = "IPM0037";

    private static readonly DiagnosticDescriptor s_descriptor = new(
        Id,
        title: "The result of an attempt to send is ignored",
        messageFormat: "'{0}' returns {1}; check the result, or use '{2}', which waits for room",
        Rule.Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Page(Id));

    private protected override void Register(AnalysisContext context)
    {
        context.RegisterOperationAction(Analyze, OperationKind.ExpressionStatement);
    }

    private static void Analyze(OperationAnalysisContext context)
    {
        if (((IExpressionStatementOperation)context.Operation).Operation is
                IInvocationOperation { TargetMethod: { ReturnsVoid: false } method } call
            && method.Name.StartsWith("TrySend", System.StringComparison.Ordinal)
            && ChannelTypes.IsSender(method.ContainingType))
        {
            string result = method.ReturnType.SpecialType == SpecialType.System_Boolean
                ? "false if the message was not sent"
                : "how many of the messages were sent";
            context.ReportDiagnostic(Diagnostic.Create(
                s_descriptor,
                call.Syntax.GetLocation(),
                method.Name,
                result,
                method.Name.Substring("Try".Length)));
        }
    }
}
