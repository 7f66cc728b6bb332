using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace IpMpsc.Generators.Caching;

/// <summary>
/// Keeps the model of each declaration until something changes that it depends on. The compiler asks for all models again after
/// every edit of any file, because any of them might depend on that file.
/// </summary>
/// <remarks>An entry lives as long as the syntax tree of its declaration. Thread-safe.</remarks>
internal sealed class ModelCache<TModel>(Func<GeneratorAttributeSyntaxContext, TModel?> parse)
    where TModel : class
{
    private readonly ConditionalWeakTable<SyntaxTree, FileModels> _files = new();

    public TModel? Get(GeneratorAttributeSyntaxContext target)
    {
        SyntaxTree tree = target.TargetNode.SyntaxTree;
        FileModels file = _files.GetOrCreateValue(tree);
        Dependencies dependencies = Surroundings.Of(target.SemanticModel.Compilation).DependenciesOf(tree);
        lock (file)
        {
            if (!dependencies.Equals(file.Dependencies))
            {
                file.Models.Clear();
            }

            // Also if it is equal: the older one would keep the compilation of a referenced project.
            file.Dependencies = dependencies;
            if (file.Models.TryGetValue(target.TargetNode, out TModel? known))
            {
                return known;
            }
        }

        TModel? model = parse(target);
        lock (file)
        {
            if (dependencies.Equals(file.Dependencies))
            {
                file.Models[target.TargetNode] = model;
            }
        }

        return model;
    }

    private sealed class FileModels
    {
        public Dependencies? Dependencies { get; set; }

        public Dictionary<SyntaxNode, TModel?> Models { get; } = [];
    }
}
