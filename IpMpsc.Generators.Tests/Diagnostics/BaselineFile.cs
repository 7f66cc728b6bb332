using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace IpMpsc.Generators.Tests;

/// <summary>A schema baseline of a project under test.</summary>
internal sealed class BaselineFile(string text) : AdditionalText
{
    public override string Path => "messages.ipmpsc-schema";

    public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(text);
}
