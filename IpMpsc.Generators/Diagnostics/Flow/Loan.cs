namespace IpMpsc.Generators.Diagnostics.Flow;

/// <summary>A variable that sees bytes of the ring for as long as a claim or message lasts.</summary>
/// <param name="Holder">A local, a parameter or a temporary of the compiler's.</param>
/// <param name="Source">The claim, message or enumerator; for a claim or message itself, that one.</param>
/// <param name="HasEnded">Whether the source has ended while the holder still looks at it.</param>
internal readonly record struct Loan(object Holder, object Source, bool HasEnded);
