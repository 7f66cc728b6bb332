using System;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace IpMpsc.Generators.Caching;

/// <summary>What every declaration of a compilation depends on, whichever file it is in.</summary>
internal sealed class CompilationContext : IEquatable<CompilationContext>
{
    private readonly ImmutableArray<MetadataReference> _references;
    private readonly CompilationOptions _options;
    private readonly string? _assembly;
    private readonly string _namespaces;
    private readonly string _shared;

    private CompilationContext(Compilation compilation, string namespaces, string shared)
    {
        _references = compilation.References.ToImmutableArray();
        _options = WithoutResolvers(compilation.Options);
        _assembly = compilation.AssemblyName;
        _namespaces = namespaces;
        _shared = shared;
    }

    /// <summary>The context of a compilation.</summary>
    /// <param name="compilation">Gives the references and options.</param>
    /// <param name="namespaces">The namespaces that its files declare. A new one can hide another from any file within it.</param>
    /// <param name="shared">Its global usings and the attributes of its assembly.</param>
    /// <param name="earlier">That of an earlier state of the compilation.</param>
    /// <returns>The earlier one if it is equal, so that comparing two is cheap while somebody types.</returns>
    public static CompilationContext Of(Compilation compilation, string namespaces, string shared, CompilationContext? earlier)
    {
        var context = new CompilationContext(compilation, namespaces, shared);
        return context.Equals(earlier) ? earlier! : context;
    }

    /// <summary>
    /// The compiler's own resolvers throw when they are compared, which the compiler server does with two builds. They find
    /// files that directives and documentation name; no model depends on them.
    /// </summary>
    private static CompilationOptions WithoutResolvers(CompilationOptions options) => options
        .WithMetadataReferenceResolver(null)
        .WithXmlReferenceResolver(null)
        .WithSourceReferenceResolver(null)
        .WithStrongNameProvider(null);

    /// <inheritdoc/>
    public bool Equals(CompilationContext? other) => ReferenceEquals(this, other)
        || (other is not null
            && _options.Equals(other._options)
            && _assembly == other._assembly
            && _namespaces == other._namespaces
            && _shared == other._shared
            && _references.SequenceEqual(other._references));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as CompilationContext);

    /// <inheritdoc/>
    public override int GetHashCode() => _references.Length;
}
