using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using IpMpsc.Generators.Models;
using IpMpsc.Generators.Text;
using Microsoft.CodeAnalysis;

namespace IpMpsc.Generators.Parsing;

/// <summary>Spells the types of one message in C#, and collects what a file that spells them has to declare.</summary>
/// <param name="compilation">The compilation of the message.</param>
internal sealed class TypeNames(Compilation compilation)
{
    private const string Global = "global";

    private readonly SortedSet<string> _aliases = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _experiments = new(StringComparer.Ordinal);

    public Compilation Compilation => compilation;

    /// <summary>The messages that the message contains.</summary>
    public MessageForms Forms => _forms ??= new MessageForms(this);

    private MessageForms? _forms;

    /// <summary>The extern aliases of the assemblies whose types were spelled.</summary>
    public EquatableArray<string> Aliases => new(_aliases.ToImmutableArray());

    /// <summary>The diagnostics that those who use an experimental type or member must suppress.</summary>
    public EquatableArray<string> Experiments => new(_experiments.ToImmutableArray());

    /// <summary>The type without the annotation that it may be null.</summary>
    public string Of(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol { ElementType: var element } => $"{Annotated(element)}[]",
        INamedTypeSymbol { IsTupleType: true } tuple => $"({string.Join(", ", tuple.TupleElements.Select(Element))})",
        INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable => Of(nullable.TypeArguments[0]) + "?",
        INamedTypeSymbol { SpecialType: SpecialType.None } named => Named(named),
        _ => type.SourceName(),
    };

    /// <summary>The type with a question mark if it is a reference type that may be null.</summary>
    public string Annotated(ITypeSymbol type) =>
        type is { IsReferenceType: true, NullableAnnotation: NullableAnnotation.Annotated } ? Of(type) + "?" : Of(type);

    /// <summary>Notes that a member is used.</summary>
    public void Use(ISymbol symbol)
    {
        foreach (AttributeData attribute in symbol.GetAttributes())
        {
            if (attribute.AttributeClass?.Name == "ExperimentalAttribute"
                && attribute.AttributeClass.FullName() == KnownNames.Experimental
                && attribute.ConstructorArguments.FirstOrDefault().Value is string id)
            {
                _experiments.Add(id);
            }
        }
    }

    private string Element(IFieldSymbol element) => element.IsExplicitlyNamedTupleElement
        ? $"{Annotated(element.Type)} {Identifiers.Escape(element.Name)}"
        : Annotated(element.Type);

    private string Named(INamedTypeSymbol type)
    {
        string name = Identifiers.Escape(type.Name);
        if (type.TypeArguments.Length > 0)
        {
            name += $"<{string.Join(", ", type.TypeArguments.Select(Annotated))}>";
        }

        if (!type.IsInSystem())
        {
            Use(type);
        }

        if (type.ContainingType is { } containing)
        {
            return $"{Named(containing)}.{name}";
        }

        string prefix = AliasOf(type.ContainingAssembly) + "::";
        return type.ContainingNamespace is { IsGlobalNamespace: false } ? $"{prefix}{type.NamespaceInSource()}.{name}" : prefix + name;
    }

    /// <summary>The name of the space in which the types of an assembly are; "global" for all but those with an alias.</summary>
    private string AliasOf(IAssemblySymbol? assembly)
    {
        if (assembly is null
            || SymbolEqualityComparer.Default.Equals(assembly, compilation.Assembly)
            || compilation.GetMetadataReference(assembly)?.Properties.Aliases is not { IsDefaultOrEmpty: false } aliases
            || aliases.Contains(Global))
        {
            return Global;
        }

        _aliases.Add(aliases[0]);
        return aliases[0];
    }
}
