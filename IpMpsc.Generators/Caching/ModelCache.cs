using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using IpMpsc.Generators.Models;
using IpMpsc.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace IpMpsc.Generators.Caching;

/// <summary>
/// Finds the types with an attribute, and keeps the model of each until something changes that it depends on. The compiler asks for
/// all models again after every edit of any file, because any of them might depend on that file.
/// </summary>
/// <remarks>
/// <c>ForAttributeWithMetadataName</c> binds every attribute again before it asks for a model, which costs most of such an edit.
/// An entry lives as long as the syntax tree of its declarations. Thread-safe.
/// </remarks>
/// <param name="attribute">The metadata name of the attribute.</param>
/// <param name="parse">Makes the model of a type; null if there is none.</param>
internal sealed class ModelCache<TModel>(string attribute, Func<INamedTypeSymbol, Compilation, TModel?> parse)
    where TModel : class, IEquatable<TModel>
{
    private readonly string _simpleName = attribute.Substring(attribute.LastIndexOf('.') + 1);
    private readonly ConditionalWeakTable<SyntaxTree, FileModels> _files = new();

    /// <summary>The models of each file that may have some.</summary>
    public ImmutableArray<EquatableArray<TModel>> Of(Compilation compilation, CancellationToken cancellation)
    {
        TreeNames[] names = compilation.SyntaxTrees.Select(TreeNames.Of).ToArray();
        bool isAliased = names.Any(file => file.SharedNames.Contains(_simpleName));
        TreeNames[] candidates = names.Where(file => file.MayHave(_simpleName, isAliased)).ToArray();
        if (candidates.Length == 0)
        {
            return [];
        }

        Surroundings surroundings = Surroundings.Of(compilation, candidates.Select(Earlier).FirstOrDefault(known => known is not null));
        ImmutableArray<EquatableArray<TModel>>.Builder all = ImmutableArray.CreateBuilder<EquatableArray<TModel>>(candidates.Length);
        foreach (TreeNames file in candidates)
        {
            cancellation.ThrowIfCancellationRequested();
            all.Add(ModelsOf(file, compilation, surroundings));
        }

        return all.MoveToImmutable();
    }

    private Surroundings? Earlier(TreeNames file) => _files.TryGetValue(file.Tree, out FileModels? known) ? known.Surroundings : null;

    private EquatableArray<TModel> ModelsOf(TreeNames names, Compilation compilation, Surroundings surroundings)
    {
        FileModels file = _files.GetOrCreateValue(names.Tree);
        Dependencies dependencies;
        lock (file)
        {
            dependencies = file.In(surroundings, names.Tree);
            if (file.Models is { } known)
            {
                return known;
            }
        }

        EquatableArray<TModel> models = Parse(names, compilation);
        lock (file)
        {
            if (dependencies.Equals(file.Dependencies))
            {
                file.Models = models;
            }
        }

        return models;
    }

    private EquatableArray<TModel> Parse(TreeNames names, Compilation compilation)
    {
        SemanticModel semantics = compilation.GetSemanticModel(names.Tree);
        return new(names.Attributed
            .Select(declaration => semantics.GetDeclaredSymbol(declaration) is { } type && IsFirst(declaration, type) ? parse(type, compilation) : null)
            .OfType<TModel>()
            .ToImmutableArray());
    }

    /// <summary>
    /// Whether the declaration is the first of its type with the attribute. A second one, on another partial
    /// declaration, is the compiler's error to report; to generate the same file twice would bury it under
    /// one of the generator.
    /// </summary>
    private bool IsFirst(TypeDeclarationSyntax declaration, INamedTypeSymbol type) =>
        type.FindAttribute(attribute)?.ApplicationSyntaxReference is { } first
        && first.SyntaxTree == declaration.SyntaxTree
        && declaration.AttributeLists.FullSpan.Contains(first.Span);

    private sealed class FileModels
    {
        /// <summary>The surroundings that were looked at last.</summary>
        public Surroundings? Surroundings { get; private set; }

        public Dependencies? Dependencies { get; private set; }

        /// <summary>The models, if they are known.</summary>
        public EquatableArray<TModel>? Models { get; set; }

        /// <summary>Forgets the models if they depend on something that is different in the surroundings of the file.</summary>
        /// <returns>All that they depend on there.</returns>
        public Dependencies In(Surroundings surroundings, SyntaxTree tree)
        {
            if (ReferenceEquals(surroundings, Surroundings))
            {
                return Dependencies!;
            }

            Dependencies dependencies = Surroundings is null
                ? surroundings.DependenciesOf(tree)
                : surroundings.DependenciesOf(tree, Surroundings, Dependencies!);
            if (!dependencies.Equals(Dependencies))
            {
                Models = null;
            }

            // Also if it is equal: the older one would keep the compilation of a referenced project.
            Surroundings = surroundings;
            Dependencies = dependencies;
            return dependencies;
        }
    }
}
