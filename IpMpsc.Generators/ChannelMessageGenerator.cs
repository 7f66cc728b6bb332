using System.Text;
using IpMpsc.Generators.Caching;
using IpMpsc.Generators.Models;
using IpMpsc.Generators.Parsing;
using IpMpsc.Generators.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace IpMpsc.Generators;

/// <summary>Generates the readers and writers of every struct marked with <c>[ChannelMessage]</c>.</summary>
[Generator(LanguageNames.CSharp)]
public sealed partial class ChannelMessageGenerator : IIncrementalGenerator
{
    // The compiler that the generator is built against knows C# 14 only as a preview, hence the number.
    private const LanguageVersion FirstWithExtensionProperties = (LanguageVersion)1400;

    private static readonly ModelCache<MessageModel> s_models = new(KnownNames.ChannelMessage, Parser.Parse);

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        // Fewer steps make an edit cheaper: each one looks at every message again.
        IncrementalValuesProvider<MessageModel> messages = context.CompilationProvider
            .SelectMany(static (compilation, cancellation) => s_models.Of(compilation, cancellation))
            .SelectMany(static (file, _) => file)
            .WithTrackingName(TrackingNames.Messages);

        IncrementalValueProvider<SourceStyle> style = context.ParseOptionsProvider
            .Select(static (options, _) => new SourceStyle(
                options is CSharpParseOptions { LanguageVersion: >= FirstWithExtensionProperties },
                options.DocumentationMode != DocumentationMode.None))
            .WithTrackingName(TrackingNames.Style);

        IncrementalValueProvider<EquatableArray<string>> taken = context.CompilationProvider.Select(static (compilation, _) => TakenNames.In(compilation));

        IncrementalValueProvider<AlikeMessages> alike = messages.Collect().Select(static (all, _) => AlikeMessages.Among(all));

        context.RegisterSourceOutput(messages.Combine(style.Combine(alike).Combine(taken)), static (output, source) =>
        {
            (MessageModel message, ((SourceStyle style, AlikeMessages alike), EquatableArray<string> taken)) = source;
            string text = new Emitter(message, alike.CompanionOf(message, taken), style, taken).Emit();
            output.AddSource(alike.FileOf(message), SourceText.From(text, Encoding.UTF8));
        });
    }

    /// <summary>Names of the pipeline's steps, by which tests ask what was run again.</summary>
    internal static class TrackingNames
    {
        public const string Messages = nameof(Messages);
        public const string Style = nameof(Style);
    }
}
