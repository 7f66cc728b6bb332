using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace IpMpsc.Generators.Diagnostics.Usage;

/// <summary>A message that may not have been sent is forgotten.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class IgnoredSendResult : DiagnosticAnalyzer
{
    internal const string Id = "IPM0037";

    private static readonly DiagnosticDescriptor s_descriptor = new(
        Id,
        title: "The result of an attempt to send is ignored",
        messageFormat: "'{0}' returns {1}; look at it, or use '{2}', which waits for room",
        Rule.Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Page(Id));

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        ImmutableArray.Create(s_descriptor);

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
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
                ? "false when the message was not sent"
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
