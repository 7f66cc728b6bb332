using System.Collections.Immutable;
using System.Linq;
using IpMpsc.Generators.Diagnostics.Messages;
using IpMpsc.Generators.Parsing;

namespace IpMpsc.Generators.Diagnostics.Protocols;

/// <summary>
/// A mistake in the declaration of a protocol. The generator asks for those without which there can be no code.
/// </summary>
internal abstract class ProtocolRule : DeclarationRule<ProtocolDeclaration>
{
    private static readonly ImmutableArray<IDeclarationRule<ProtocolDeclaration>> s_needed =
        ImmutableArray.Create<IDeclarationRule<ProtocolDeclaration>>(
            new NotPartial(), new FileLocal(), new GenericProtocol(), new ReservedProtocolName());

    public static ImmutableArray<IDeclarationRule<ProtocolDeclaration>> All { get; } =
        s_needed.AddRange(new NoMessageOfProtocol(), new DuplicateMessageId());

    /// <summary>Whether none of the rules objects without which there can be no code, not even for some of the messages.</summary>
    public static bool AllowGeneration(ProtocolDeclaration protocol) => !s_needed.Any(rule => rule.Check(protocol).Any());
}
