using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace IpMpsc.Generators;

/// <summary>
/// A mistake in the declaration of a message, or of a protocol of messages. The analyzer reports it, and the
/// generator, which asks the same rules, generates nothing where it finds one: nothing is skipped without an error.
/// </summary>
internal abstract class MessageRule
{
    public static ImmutableArray<MessageRule> All { get; } = ImmutableArray.Create<MessageRule>(
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
        new InvalidSchemaName());

    /// <summary>What is worth a thought in a message that can be generated.</summary>
    public static ImmutableArray<MessageRule> Advice { get; } = ImmutableArray.Create<MessageRule>(
        new PaddingHoles(),
        new LargeMessage(),
        new UnsentMember());

    public abstract DiagnosticDescriptor Descriptor { get; }

    public static bool AllowGeneration(INamedTypeSymbol message) => !All.Any(rule => rule.Check(message).Any());

    /// <summary>The mistakes of this kind that the declaration has.</summary>
    public abstract IEnumerable<Diagnostic> Check(INamedTypeSymbol message);

    protected Diagnostic At(ISymbol symbol, params object[] arguments) =>
        Diagnostic.Create(Descriptor, symbol.NamePosition(), arguments);
}
