using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using IpMpsc.Generators.Models;
using Microsoft.CodeAnalysis;

namespace IpMpsc.Generators.Parsing;

/// <summary>How the messages lie in others that a message contains.</summary>
/// <param name="names">Spells the types of the outermost message.</param>
internal sealed class MessageForms(TypeNames names)
{
    private readonly HashSet<ITypeSymbol> _circular = new(SymbolEqualityComparer.Default);
    private ImmutableStack<ITypeSymbol> _outer = ImmutableStack<ITypeSymbol>.Empty;

    /// <summary>How many messages with mistakes were met.</summary>
    public int Mistakes { get; private set; }

    /// <summary>The form of a message; null if nothing can be generated for it, or it contains itself.</summary>
    public StoredForm? Of(INamedTypeSymbol message)
    {
        // A message that contains itself, directly or in an array, must not lead to endless recursion.
        if (_outer.Contains(message, SymbolEqualityComparer.Default))
        {
            _circular.UnionWith(_outer.TakeWhile(type => !SymbolEqualityComparer.Default.Equals(type, message)));
            _circular.Add(message);
            return null;
        }

        if (message.DeclaringSyntaxReferences.IsEmpty)
        {
            return OfMetadata(message);
        }

        var declaration = new MessageDeclaration(message, names);
        StoredForm? form = declaration.Form;
        if (declaration.Layout is null || declaration.Generated is null or { IsPartOfStruct: true })
        {
            Mistakes++;
        }

        return form;
    }

    /// <summary>Whether two messages contain each other.</summary>
    public bool AreCircular(INamedTypeSymbol message, INamedTypeSymbol other) => _circular.Contains(message) && _circular.Contains(other);

    /// <summary>Does something while a message counts as entered.</summary>
    public T Within<T>(INamedTypeSymbol message, System.Func<T> work)
    {
        ImmutableStack<ITypeSymbol> before = _outer;
        _outer = _outer.Push(message);
        T result = work();
        _outer = before;
        return result;
    }

    /// <summary>
    /// The form of a message of another assembly, as that was compiled: its private members and the attributes on them cannot
    /// be seen from here.
    /// </summary>
    private static StoredForm? OfMetadata(INamedTypeSymbol message)
    {
        if (message.FindAttribute(KnownNames.MessageLayout) is not { ConstructorArguments: { Length: 5 } arguments })
        {
            return null;
        }

        MessageIdentity identity = MessageIdentity.Of(message);
        StoredForm form = StoredForm.Of(Number(0), Number(1), Number(2), Number(3), default);
        string head = form.IsInline
            ? $"struct {identity.Name} size {form.Size}"
            : $"nested {identity.Name} version {identity.Version} size {form.Size}";
        return form with { Definitions = SchemaText.DefineFrom(arguments[4].Value as string ?? "", head) };

        int Number(int index) => arguments[index].Value is int number ? number : 0;
    }
}
