using System;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace IpMpsc.Generators.Caching;

/// <summary>All that the declarations of a file depend on. While it stays equal, they mean the same.</summary>
/// <param name="context">What is not in a file of its own.</param>
/// <param name="trees">The file itself and the others. A tree equals no other, so every edit of one of them counts.</param>
internal sealed class Dependencies(CompilationContext context, ImmutableArray<SyntaxTree> trees) : IEquatable<Dependencies>
{
    private readonly CompilationContext _context = context;
    private readonly ImmutableArray<SyntaxTree> _trees = trees;

    /// <inheritdoc/>
    public bool Equals(Dependencies? other) => ReferenceEquals(this, other)
        || (other is not null && _context.Equals(other._context) && _trees.SequenceEqual(other._trees));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Dependencies);

    /// <inheritdoc/>
    public override int GetHashCode() => _trees.Length;
}
