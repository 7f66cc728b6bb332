using System.Collections.Generic;
using System.Linq;
using IpMpsc.Generators.Diagnostics.Usage;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace IpMpsc.Generators.Diagnostics.Flow;

/// <summary>A call of a sender or receiver while what it handed out before is open.</summary>
/// <param name="Call">The call.</param>
/// <param name="Earlier">What is open, if it is in a variable.</param>
/// <param name="Open">The same, in words.</param>
/// <param name="Consequence">What the call does then, and what to do instead.</param>
internal sealed record Conflict(IInvocationOperation Call, Handout? Earlier, string Open, string Consequence)
{
    private const string MessageInHand = "it throws, because a receiver hands out one message at a time; release the message first";

    /// <summary>Null if the call can be made while the claim or message is open.</summary>
    public static Conflict? Between(Handout open, IInvocationOperation call)
    {
        if (open.Owner is not { } owner || !SymbolEqualityComparer.Default.Equals(owner, Handles.OwnerOf(call.Instance)))
        {
            return null;
        }

        string? consequence = open.Kind switch
        {
            HandleKind.Message when ChannelTypes.Receives(call.TargetMethod) => MessageInHand,
            HandleKind.Claim when !ChannelTypes.Sends(call.TargetMethod) => null,
            HandleKind.Claim when ChannelTypes.IsExclusiveSender(call.TargetMethod.ContainingType) =>
                "it throws, because an exclusive sender has one claim at a time; end the claim first",
            HandleKind.Claim when ChannelTypes.WaitsForRoom(call.TargetMethod) =>
                "if the ring is full it waits forever, because the receiver cannot pass the open claim; end the claim first",
            _ => null,
        };
        return consequence is null ? null : new Conflict(call, open, $"'{open.Variable!.Name}'", consequence);
    }

    /// <summary>Receives inside a loop over ReadAll, or inside a handler of Drain, of the same receiver.</summary>
    public static IEnumerable<Conflict> InLoopsAndHandlers(MethodFlow flow) =>
        from call in flow.Operations.OfType<IInvocationOperation>()
        where ChannelTypes.Receives(call.TargetMethod) && Handles.OwnerOf(call.Instance) is not null
        let around = call.Syntax.Ancestors().TakeWhile(node => node is not MemberDeclarationSyntax)
            .Select(node => MessageOf(node, call, flow.Model))
            .FirstOrDefault(words => words is not null)
        where around is not null
        select new Conflict(call, Earlier: null, around, MessageInHand);

    private static string? MessageOf(SyntaxNode node, IInvocationOperation call, SemanticModel model)
    {
        (SyntaxNode? source, string words) = node switch
        {
            CommonForEachStatementSyntax loop when loop.Statement.Span.Contains(call.Syntax.Span) =>
                (loop.Expression, "the message of the loop"),
            InvocationExpressionSyntax outer when outer.ArgumentList.Span.Contains(call.Syntax.Span) =>
                (outer, "the message of the handler"),
            _ => ((SyntaxNode?)null, ""),
        };
        return source is not null
            && model.GetOperation(source) is IInvocationOperation { TargetMethod.Name: "ReadAll" or "Drain" } lender
            && ChannelTypes.Receives(lender.TargetMethod)
            && SymbolEqualityComparer.Default.Equals(Handles.OwnerOf(lender.Instance), Handles.OwnerOf(call.Instance))
            ? words
            : null;
    }
}
