using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace IpMpsc.Generators.Diagnostics.Baseline;

/// <summary>Programs of the baseline still send the message, and a renamed message is another one to them.</summary>
internal static class RemovedMessage
{
    public const string Id = "IPM0043";

    /// <summary>Property of the diagnostic: the name of the message.</summary>
    public const string Name = nameof(Name);

    private static readonly DiagnosticDescriptor s_descriptor = new(
        Id,
        title: "A message of the baseline is missing",
        messageFormat: "The message '{0}' of the baseline is missing: {1}",
        Rule.Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Page(Id),
        customTags: WellKnownDiagnosticTags.CompilationEnd);

    public static DiagnosticDescriptor Descriptor => s_descriptor;

    /// <summary>The messages of the baseline that a project no longer has.</summary>
    /// <param name="baseline">The baseline.</param>
    /// <param name="messages">The messages of the project; without a text if they have mistakes of their own.</param>
    public static IEnumerable<Diagnostic> Check(SchemaBaseline baseline, ImmutableArray<(string Name, string? Text)> messages)
    {
        var names = new HashSet<string>(messages.Select(message => message.Name), System.StringComparer.Ordinal);
        return from old in baseline.Messages
               where !names.Contains(old.Message.Name)
               orderby old.Line.SourceSpan.Start
               let renamed = NewNameOf(old.Message, baseline, messages)
               let advice = renamed is null
                   ? "keep it while any program sends it, then delete it here"
                   : $"'{renamed}' has the same fields; if it was renamed, add Name = \"{old.Message.Name}\" to its [ChannelMessage]"
               select Diagnostic.Create(
                   s_descriptor,
                   old.Line,
                   ImmutableDictionary<string, string?>.Empty.Add(Name, old.Message.Name),
                   old.Message.Name,
                   advice);
    }

    private static string? NewNameOf(
        BaselineMessage old, SchemaBaseline baseline, ImmutableArray<(string Name, string? Text)> messages) =>
        messages
            .Where(message => message.Text is not null && baseline.Find(message.Name) is null && FieldsOf(message.Text) == FieldsOf(old.Text))
            .Select(message => message.Name)
            .OrderBy(name => name, System.StringComparer.Ordinal)
            .FirstOrDefault();

    private static string FieldsOf(string text) => text.Substring(text.IndexOf('\n'));
}
