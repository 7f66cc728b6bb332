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
    public CompilationContext Context => context;

    public ImmutableArray<SyntaxTree> Trees => trees;

    /// <inheritdoc/>
    public bool Equals(Dependencies? other) => ReferenceEquals(this, other)
        || (other is not null && context.Equals(other.Context) && trees.SequenceEqual(other.Trees));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Dependencies);

    /// <inheritdoc/>
    public override int GetHashCode() => trees.Length;
}
