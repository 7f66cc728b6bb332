using Microsoft.CodeAnalysis.CSharp;

namespace IpMpsc.Generators.Text;

/// <summary>Names as C# source must spell them.</summary>
internal static class Identifiers
{
    public static string Escape(string name) => IsKeyword(name) ? "@" + name : name;

    // Contextual keywords too: "record", "field" or "scoped" are names in one place and keywords in the next.
    private static bool IsKeyword(string name) =>
        SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None ||
        SyntaxFacts.GetContextualKeywordKind(name) != SyntaxKind.None;
}
