namespace IpMpsc.Generators.Parsing;

/// <summary>A field of a message with what its type is in a message.</summary>
/// <param name="Member">The field.</param>
/// <param name="Resolution">What its type is, or why it is refused.</param>
internal sealed record DeclaredField(MessageMember Member, Resolution Resolution);
