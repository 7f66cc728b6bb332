using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace IpMpsc.Generators.Diagnostics.Flow;

/// <summary>A claim that stays open if a call of a method or constructor throws.</summary>
internal readonly record struct Loss(Handout Claim, IOperation Thrower)
{
    /// <summary>What is called.</summary>
    public string ThrowerName => Thrower switch
    {
        IInvocationOperation call => call.TargetMethod.Name,
        { Type: { } created } => $"new {created.Name}",
        _ => Thrower.Syntax.ToString(),
    };
}
