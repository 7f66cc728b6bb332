using IpMpsc.Generators.Diagnostics.Usage;
using Microsoft.CodeAnalysis;

namespace IpMpsc.Generators.Diagnostics.Flow;

/// <summary>A use of bytes of the ring that belong to somebody else by then.</summary>
/// <param name="Use">Where.</param>
/// <param name="Holder">Name of the variable that is used.</param>
/// <param name="Source">What it came from.</param>
internal readonly record struct StaleUse(SyntaxNode Use, string Holder, HandleKind Source);
