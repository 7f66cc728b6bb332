namespace IpMpsc.Generators;

/// <summary>A type that a nested message is declared in.</summary>
/// <param name="Keyword"><c>class</c>, <c>record struct</c> and the like.</param>
/// <param name="Identifier">Its name, as C# source spells it.</param>
internal sealed record ContainingType(string Keyword, string Identifier);
