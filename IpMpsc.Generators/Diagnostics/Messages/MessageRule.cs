using System.Collections.Immutable;
using System.Linq;
using IpMpsc.Generators.Parsing;

namespace IpMpsc.Generators.Diagnostics.Messages;

/// <summary>
/// A mistake in the declaration of a message. The analyzer reports it, and the generator leaves out what is wrong
/// (<see cref="MessageDeclaration.Generated"/>): nothing is skipped without an error.
/// </summary>
internal abstract class MessageRule : DeclarationRule<MessageDeclaration>
{
    public static ImmutableArray<IDeclarationRule<MessageDeclaration>> All { get; } =
        ImmutableArray.Create<IDeclarationRule<MessageDeclaration>>(
            new NotPartial(),
            new RefStruct(),
            new Generic(),
            new UnsupportedFieldType(),
            new UnsupportedLayout(),
            new ScatteredFields(),
            new ReservedName(),
            new UnsettableField(),
            new FileLocal(),
            new PrimaryConstructor(),
            new MisplacedSince(),
            new InvalidSchemaName(),
            new OldLanguage());

    /// <summary>Advice about a message that can be generated.</summary>
    public static ImmutableArray<IDeclarationRule<MessageDeclaration>> Advice { get; } =
        ImmutableArray.Create<IDeclarationRule<MessageDeclaration>>(
            new PaddingHoles(),
            new LargeMessage(),
            new UnsentMember(),
            new WithoutAccess());

    public static bool AllowGeneration(MessageDeclaration message) => !All.Any(rule => rule.Check(message).Any());
}
