using System.Collections.Immutable;
using System.Linq;
using IpMpsc.Generators.Diagnostics.Messages;
using IpMpsc.Generators.Parsing;

namespace IpMpsc.Generators.Diagnostics.Protocols;

/// <summary>
/// A mistake in the declaration of a protocol. As with messages, generator and analyzer ask the same rules.
/// </summary>
internal abstract class ProtocolRule : DeclarationRule<ProtocolDeclaration>
{
    public static ImmutableArray<IDeclarationRule<ProtocolDeclaration>> All { get; } =
        ImmutableArray.Create<IDeclarationRule<ProtocolDeclaration>>(
            new NotPartial(), new FileLocal(), new GenericProtocol(), new NoMessageOfProtocol(), new DuplicateMessageId(),
            new ReservedProtocolName());

    public static bool AllowGeneration(ProtocolDeclaration protocol) => !All.Any(rule => rule.Check(protocol).Any());
}
