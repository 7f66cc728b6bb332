using System.Text;
using IpMpsc.Generators.Caching;
using IpMpsc.Generators.Models;
using IpMpsc.Generators.Parsing;
using IpMpsc.Generators.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace IpMpsc.Generators;

/// <summary>Generates the senders and the receiver of every class marked with <c>[ChannelProtocol]</c>.</summary>
[Generator(LanguageNames.CSharp)]
public sealed partial class ChannelProtocolGenerator : IIncrementalGenerator
{
    private static readonly ModelCache<ProtocolModel> s_models = new(KnownNames.ChannelProtocol, Parser.Parse);

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValuesProvider<ProtocolModel> protocols = context.CompilationProvider
            .SelectMany(static (compilation, cancellation) => s_models.Of(compilation, cancellation))
            .SelectMany(static (file, _) => file)
            .WithTrackingName(TrackingNames.Protocols);

        IncrementalValueProvider<EquatableArray<string>> alike =
            HintNames.FindAlike(protocols.Select(static (protocol, _) => protocol.FullName));

        IncrementalValueProvider<EquatableArray<string>> taken = context.CompilationProvider.Select(static (compilation, _) => TakenNames.In(compilation));

        context.RegisterSourceOutput(protocols.Combine(alike.Combine(taken)), static (output, source) =>
        {
            (ProtocolModel protocol, (EquatableArray<string> alike, EquatableArray<string> taken)) = source;
            output.AddSource(
                HintNames.Of(protocol.FullName, alike), SourceText.From(new Emitter(protocol, taken).Emit(), Encoding.UTF8));
        });
    }

    /// <summary>Names of the pipeline's steps, by which tests ask what was run again.</summary>
    internal static class TrackingNames
    {
        public const string Protocols = nameof(Protocols);
    }
}
