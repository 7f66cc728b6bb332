using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace IpMpsc.Generators;

/// <summary>
/// The mistakes that a protocol can have. As with messages, generator and analyzer ask the same rules.
/// </summary>
internal static class ProtocolRules
{
    public static ImmutableArray<MessageRule> All { get; } = ImmutableArray.Create<MessageRule>(
        new NotPartial(), new FileLocal(), new GenericProtocol(), new NoMessageOfProtocol(), new DuplicateMessageId());

    public static bool AllowGeneration(INamedTypeSymbol protocol) => !All.Any(rule => rule.Check(protocol).Any());
}
