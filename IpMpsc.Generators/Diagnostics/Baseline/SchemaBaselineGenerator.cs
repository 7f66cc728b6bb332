using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Text;
using System.Threading;
using IpMpsc.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace IpMpsc.Generators.Diagnostics.Baseline;

/// <summary>
/// Answers the target WriteIpMpscBaseline: the baseline as it has to be, as comments of a generated file that the target copies,
/// because a compiler must not write files. In every other build it does nothing.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class SchemaBaselineGenerator : IIncrementalGenerator
{
    /// <summary>The generated file.</summary>
    internal const string File = "IpMpscBaseline.g.cs";

    /// <summary>What begins each line of the baseline in the generated file.</summary>
    internal const string LineMark = "//|";

    private const string Property = "build_property.IpMpscWriteBaseline";

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValueProvider<bool> isAsked = context.AnalyzerConfigOptionsProvider.Select((options, _) => IsAsked(options));
        IncrementalValueProvider<ImmutableArray<AdditionalText>> files = context.AdditionalTextsProvider
            .Where(file => file.Path.EndsWith(SchemaBaseline.Extension, StringComparison.OrdinalIgnoreCase))
            .Collect();
        context.RegisterImplementationSourceOutput(
            context.CompilationProvider.Combine(files).Combine(isAsked),
            (output, input) =>
            {
                if (input.Right)
                {
                    string baseline = Write(input.Left.Left, input.Left.Right, output.CancellationToken);
                    output.AddSource(File, SourceText.From(AsComments(baseline), Encoding.UTF8));
                }
            });
    }

    internal static bool IsAsked(AnalyzerConfigOptionsProvider options) =>
        options.GlobalOptions.TryGetValue(Property, out string? value) && value.Equals("true", StringComparison.OrdinalIgnoreCase);

    // Comments and the order of the old baseline stay.
    private static string Write(Compilation compilation, ImmutableArray<AdditionalText> files, CancellationToken cancellation)
    {
        string text = string.Concat(files.OrderBy(file => file.Path, StringComparer.Ordinal).Select(file => file.GetText(cancellation)?.ToString()));
        Dictionary<string, BaselineMessage> now = TypesOf(compilation.Assembly.GlobalNamespace)
            .Where(type => type.TypeKind == TypeKind.Struct && type.IsChannelMessage())
            .Select(type => BaselineAnalyzer.Parse(new MessageDeclaration(type, compilation)))
            .OfType<BaselineMessage>()
            .GroupBy(message => message.Name, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);
        foreach ((BaselineMessage old, _) in SchemaBaseline.Of(files)?.Messages ?? [])
        {
            text = now.ContainsKey(old.Name) ? text : BaselineText.Without(text, old.Name);
        }

        return now.Values
            .OrderBy(message => message.Name, StringComparer.Ordinal)
            .Aggregate(text, (written, message) => BaselineText.With(written, message.Text));
    }

    private static string AsComments(string baseline) => string.Concat(
        baseline.Replace("\r\n", "\n").TrimEnd('\n').Split('\n').Select(line => LineMark + line + "\n"));

    private static IEnumerable<INamedTypeSymbol> TypesOf(INamespaceOrTypeSymbol container)
    {
        foreach (INamespaceOrTypeSymbol member in container.GetMembers().OfType<INamespaceOrTypeSymbol>())
        {
            if (member is INamedTypeSymbol type)
            {
                yield return type;
            }

            foreach (INamedTypeSymbol nested in TypesOf(member))
            {
                yield return nested;
            }
        }
    }
}
