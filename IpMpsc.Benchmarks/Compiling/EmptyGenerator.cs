using Microsoft.CodeAnalysis;

namespace IpMpsc.Benchmarks.Compiling;

/// <summary>Finds the messages the way Roslyn recommends, and does nothing with them.</summary>
internal sealed class EmptyGenerator : IIncrementalGenerator
{
    public void Initialize(IncrementalGeneratorInitializationContext context) => context.RegisterSourceOutput(
        context.SyntaxProvider.ForAttributeWithMetadataName(typeof(ChannelMessageAttribute).FullName!, (_, _) => true, (_, _) => 0),
        (_, _) => { });
}
