using System;
using System.Text;
using IpMpsc.Generators.Caching;
using IpMpsc.Generators.Models;
using IpMpsc.Generators.Parsing;
using IpMpsc.Generators.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace IpMpsc.Generators;

/// <summary>Generates the readers and writers of every struct marked with <c>[ChannelMessage]</c>.</summary>
[Generator(LanguageNames.CSharp)]
public sealed partial class ChannelMessageGenerator : IIncrementalGenerator
{
    // The compiler that the generator is built against knows C# 14 only as a preview, hence the number.
    private const LanguageVersion FirstWithExtensionProperties = (LanguageVersion)1400;

    private static readonly ModelCache<MessageModel> s_models = new(Parser.Parse);

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValuesProvider<MessageModel> messages = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                KnownNames.ChannelMessage,
                static (node, _) => node is StructDeclarationSyntax or RecordDeclarationSyntax,
                static (target, _) => s_models.Get(target))
            .Where(static message => message is not null)
            .Select(static (message, _) => message!)
            .WithTrackingName(TrackingNames.Messages);

        IncrementalValueProvider<SourceStyle> style = context.ParseOptionsProvider
            .Select(static (options, _) => new SourceStyle(
                options is CSharpParseOptions { LanguageVersion: >= FirstWithExtensionProperties },
                options.DocumentationMode != DocumentationMode.None))
            .WithTrackingName(TrackingNames.Style);

        IncrementalValueProvider<EquatableArray<string>> alike =
            HintNames.FindAlike(messages.Select(static (message, _) => message.FullName));

        // A nested Outer.Inner and an Outer_Inner beside it.
        IncrementalValueProvider<EquatableArray<string>> alikeAccess = AlikeNames.Find(
            messages.Select(static (message, _) => (message.FullName, $"{message.Namespace}.{message.CompanionPrefix}")),
            StringComparer.Ordinal);

        context.RegisterSourceOutput(messages.Combine(style.Combine(alike.Combine(alikeAccess))), static (output, source) =>
        {
            (MessageModel message, (SourceStyle style, (EquatableArray<string> alike, EquatableArray<string> alikeAccess))) = source;
            string accessNumber = AlikeNames.Suffix(message.FullName, alikeAccess);
            string text = new Emitter(message, accessNumber, style).Emit();
            output.AddSource(HintNames.Of(message.FullName, alike), SourceText.From(text, Encoding.UTF8));
        });
    }

    /// <summary>Names of the pipeline's steps, by which tests ask what was run again.</summary>
    internal static class TrackingNames
    {
        public const string Messages = nameof(Messages);
        public const string Style = nameof(Style);
    }
}
