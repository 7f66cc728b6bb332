namespace IpMpsc.Generators.Models;

/// <summary>A type that a nested type is declared in.</summary>
/// <param name="Keyword"><c>class</c>, <c>record struct</c> and the like.</param>
/// <param name="Identifier">Its name, as C# source spells it.</param>
internal sealed record ContainingType(string Keyword, string Identifier)
{
    /// <summary>Continues the type, so that something can be declared in it.</summary>
    public string Declaration => $"partial {Keyword} {Identifier}";
}
