using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using IpMpsc.Generators.Models;
using IpMpsc.Generators.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace IpMpsc.Generators.Parsing;

/// <summary>A struct marked as a message, with all that follows from its source, computed once.</summary>
internal sealed partial class MessageDeclaration : IDeclaration
{
    /// <summary>Views are ref structs that are type arguments, which C# knows from this version on.</summary>
    public const LanguageVersion OldestLanguage = LanguageVersion.CSharp13;

    private readonly TypeNames _names;
    private readonly System.Lazy<MessageLayout?> _layout;
    private readonly System.Lazy<MessageLayout?> _generated;
    private readonly System.Lazy<StoredForm?> _form;
    private readonly System.Lazy<ImmutableArray<DeclaredField>> _fields;
    private bool _containsMistakes;

    public MessageDeclaration(INamedTypeSymbol type, Compilation compilation) : this(type, new TypeNames(compilation))
    {
    }

    /// <summary>A message within another one, whose types are spelled in the same file.</summary>
    public MessageDeclaration(INamedTypeSymbol type, TypeNames names)
    {
        Type = type;
        _names = names;
        Members = MessageMember.Of(type).ToImmutableArray();
        Identity = MessageIdentity.Of(type);
        foreach (INamedTypeSymbol used in type.SelfAndContainingTypes())
        {
            names.Use(used);
        }

        _fields = new(ResolveFields, isThreadSafe: false);
        _layout = new(LayOutAll, isThreadSafe: false);
        _generated = new(FindGenerated, isThreadSafe: false);
        _form = new(FindForm, isThreadSafe: false);
    }

    public INamedTypeSymbol Type { get; }

    public string Name => Type.Name;

    /// <summary>The fields in declaration order.</summary>
    public ImmutableArray<MessageMember> Members { get; }

    public MessageIdentity Identity { get; }

    /// <summary>The fields with what they are in a message, or why they have no place in one.</summary>
    public ImmutableArray<DeclaredField> Fields => _fields.Value;

    /// <summary>
    /// The fixed block; null if a field has a type that cannot be sent, or that of a message with mistakes, or the message is of another
    /// assembly.
    /// </summary>
    public MessageLayout? Layout => _layout.Value;

    /// <summary>How it lies in other messages; null if nothing can be generated for it.</summary>
    public StoredForm? Form => _form.Value;

    /// <summary>
    /// The static members that would implement one of the interface of all messages: a public member of the struct goes before the
    /// default that the interface has.
    /// </summary>
    public IEnumerable<ISymbol> Implementations =>
        from member in Type.GetMembers()
        where member is { IsStatic: true, DeclaredAccessibility: Accessibility.Public, IsImplicitlyDeclared: false } && !member.IsGenerated()
        where Interfaces.SelectMany(type => type.GetMembers(member.Name)).Any(promised => IsLike(member, promised))
        select member;

    private IEnumerable<INamedTypeSymbol> Interfaces =>
        from name in new[] { KnownNames.Message, KnownNames.ImageMessage }
        let type = _names.Compilation.GetTypeByMetadataName(name)
        where type is not null
        select type.Construct(Type);

    /// <inheritdoc cref="MessageModel.ReadingConstructor"/>
    public string? ReadingConstructor
    {
        get
        {
            bool setsEveryRequired = Type.GetMembers().Where(IsRequired).All(required =>
                Generated is { } layout && layout.Fields.Any(known => known.Name == required.Name));
            if (setsEveryRequired)
            {
                return null;
            }

            IMethodSymbol? primary = Type.InstanceConstructors.FirstOrDefault(constructor =>
                constructor.DeclaringSyntaxReferences.Any(reference => reference.GetSyntax() is RecordDeclarationSyntax));
            return primary is null
                ? ""
                : string.Join(", ", primary.Parameters.Select(parameter => $"default({_names.Of(parameter.Type)})!"));
        }
    }

    /// <inheritdoc cref="TypeNames.Aliases"/>
    public EquatableArray<string> Aliases => _names.Aliases;

    /// <inheritdoc cref="TypeNames.Experiments"/>
    public EquatableArray<string> Experiments => _names.Experiments;

    private static bool IsRequired(ISymbol member) => member is IPropertySymbol { IsRequired: true } or IFieldSymbol { IsRequired: true };

    private static bool IsLike(ISymbol member, ISymbol promised) => (member, promised) switch
    {
        (IPropertySymbol own, IPropertySymbol other) => SymbolEqualityComparer.Default.Equals(own.Type, other.Type),
        (IMethodSymbol { MethodKind: MethodKind.Ordinary } own, IMethodSymbol other) => SymbolEqualityComparer.Default.Equals(own.ReturnType, other.ReturnType)
            && own.Parameters.Select(parameter => (parameter.RefKind, parameter.Type.SourceName()))
                .SequenceEqual(other.Parameters.Select(parameter => (parameter.RefKind, parameter.Type.SourceName()))),
        _ => false,
    };

    private ImmutableArray<DeclaredField> ResolveFields()
    {
        // A message is its own outermost one, unless the search for forms has entered it already.
        var types = new FieldTypes(_names, Type);
        int before = _names.Forms.Mistakes;
        ImmutableArray<DeclaredField> fields =
            _names.Forms.Within(Type, () => Members.Select(member => new DeclaredField(member, types.Resolve(member))).ToImmutableArray());
        _containsMistakes = _names.Forms.Mistakes > before;
        return fields;
    }

    private MessageLayout? LayOutAll()
    {
        if (Type.DeclaringSyntaxReferences.IsEmpty || Fields.Any(field => field.Resolution.Type is null) || _containsMistakes)
        {
            return null;
        }

        return LayOut(Fields) is { } layout && (layout.IsImage || !layout.Fields.Any(member => member.Type.IsBuffer)) ? layout : null;
    }

    /// <summary>The layout of fields whose types are known; null if they are too large.</summary>
    private MessageLayout? LayOut(IEnumerable<DeclaredField> declared)
    {
        var fields = ImmutableArray.CreateBuilder<FieldModel>();
        int end = 0;
        foreach (DeclaredField field in declared)
        {
            FieldType type = field.Resolution.Type!;
            int offset = MessageLayout.AlignUp(end, type.Alignment);
            fields.Add(Describe(field.Member, type, offset));
            end = offset + type.Size;
            if (end > MessageLayout.MaxSize)
            {
                return null;
            }
        }

        return MessageLayout.Of(fields.ToImmutable());
    }

    private StoredForm? FindForm()
    {
        if (Generated is not { } layout)
        {
            return Type.DeclaringSyntaxReferences.IsEmpty ? _names.Forms.Of(Type) : null;
        }

        bool isGrowing = !layout.IsFixedSize || layout.IsEvolved || Identity.CanGrow;
        return new StoredForm(
            layout.Size,
            layout.Alignment,
            layout.PayloadAlignment,
            layout.IsImage,
            !layout.IsFixedSize,
            isGrowing,
            isGrowing
                ? SchemaText.DefineNested(Identity.Name, Identity.Version, layout)
                : SchemaText.DefineStruct(Identity.Name, layout));
    }

    private FieldModel Describe(MessageMember member, FieldType type, int offset)
    {
        _names.Use(member.Symbol);
        return new FieldModel(
            member.Name,
            Identifiers.Escape(member.Name),
            member.Symbol.DeclaredAccessibility == Accessibility.Private
                ? ""
                : SyntaxFacts.GetText(member.Symbol.DeclaredAccessibility),
            type,
            offset,
            member.Since)
        {
            Obsolete = member.Symbol.ObsoleteInSource(),
            IsField = member.Symbol is IFieldSymbol,
            IsDocumented = member.Symbol.IsDocumented(),
        };
    }
}
