using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using IpMpsc.Generators.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace IpMpsc.Generators.Parsing;

/// <content>
/// What can be generated of a message with mistakes: all but what is wrong, so that the author sees the mistakes alone, and not every
/// place where the message is used.
/// </content>
internal sealed partial class MessageDeclaration
{
    /// <summary>The fixed block that is generated; null if none can be. Of a message without mistakes it has all fields.</summary>
    public MessageLayout? Generated => _generated.Value;

    /// <summary>The first field for which the fixed block has no room; null if it has room for all.</summary>
    public MessageMember? FirstWithoutRoom
    {
        get
        {
            int end = 0;
            foreach (DeclaredField declared in Fields)
            {
                if (declared.Resolution.Type is not { } type)
                {
                    continue;
                }

                end = MessageLayout.AlignUp(end, type.Alignment) + type.Size;
                if (end > MessageLayout.MaxSize)
                {
                    return declared.Member;
                }
            }

            return null;
        }
    }

    /// <summary>Whether the struct can implement its interface.</summary>
    public bool CanImplement => !Type.DeclaringSyntaxReferences.IsEmpty && !Type.IsRefLikeType && Type.IsContinuable();

    /// <summary>Whether the struct has storage that is not a field that the author declared.</summary>
    private bool HasOtherStorage =>
        Type.GetMembers().OfType<IEventSymbol>().Any(declared => !declared.IsStatic)
        || (!Type.IsRecord && Type.Declarations().Any(declaration => declaration.ParameterList is not null));

    /// <summary>The members of the author's that have names of generated types; the struct itself if it has one.</summary>
    public IEnumerable<ISymbol> NamesakesOfTypes(MessageLayout layout)
    {
        HashSet<string> types = [.. GeneratedNames.InMessage(layout)];
        IEnumerable<ISymbol> members = Type.GetMembers()
            .Where(member => !member.IsImplicitlyDeclared && !member.IsGenerated() && types.Contains(member.Name));
        return types.Contains(Name) ? members.Prepend(Type) : members;
    }

    private MessageLayout? FindGenerated()
    {
        if (!CanImplement || Type.LanguageVersion() < OldestLanguage)
        {
            return null;
        }

        ImmutableArray<DeclaredField> fields = Fields.RemoveAll(field => field.Resolution.Type is null || !SyntaxFacts.IsValidIdentifier(field.Member.Name));
        while (true)
        {
            MessageLayout? layout = LayOut(fields);
            if (layout is null)
            {
                return null;
            }

            if (fields.Length < Fields.Length || HasOtherStorage)
            {
                layout = layout with { IsPartOfStruct = true };
            }

            HashSet<string> unfit = [.. Unfit(layout)];
            if (unfit.Count == 0)
            {
                return NamesakesOfTypes(layout).Any() ? null : layout;
            }

            fields = fields.RemoveAll(field => unfit.Contains(field.Member.Name));
        }
    }

    /// <summary>The fields for which there can be no code.</summary>
    private IEnumerable<string> Unfit(MessageLayout layout)
    {
        IEnumerable<string> unsettable = Members.Where(member => !member.IsSettable).Select(member => member.Name);
        IEnumerable<string> buffers = layout.Fields.Where(field => field.Type.IsBuffer).Select(field => field.Name);
        IEnumerable<string> known = layout.Fields.Select(field => field.Name).Where(GeneratedNames.IsInAccessors);
        IEnumerable<string> alike = GeneratedNames.InAccessors(layout)
            .GroupBy(made => made.Name, made => made.Field)
            .SelectMany(fields => fields.Distinct().Skip(1));
        return (layout.IsImage ? [] : unsettable.Concat(buffers))
            .Concat(known)
            .Concat(alike)
            .Intersect(layout.Fields.Select(field => field.Name));
    }
}
