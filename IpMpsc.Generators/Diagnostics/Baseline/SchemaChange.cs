using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using IpMpsc.Generators.Parsing;
using Microsoft.CodeAnalysis;

namespace IpMpsc.Generators.Diagnostics.Baseline;

/// <summary>A message as it was in the baseline, and as it is now.</summary>
internal sealed class SchemaChange(MessageDeclaration message, string path, BaselineMessage before, BaselineMessage now)
{
    /// <summary>Property of the diagnostics: the file of the baseline.</summary>
    public const string BaselinePath = nameof(BaselinePath);

    /// <summary>Property of the diagnostics: the schema text that the message has now.</summary>
    public const string CurrentText = nameof(CurrentText);

    public string Name => message.Name;

    public BaselineMessage Before => before;

    public BaselineMessage Now => now;

    /// <summary>The fields of the baseline that are there under the same name.</summary>
    public IEnumerable<(BaselineField Before, BaselineField Now)> Kept =>
        from old in before.Fields
        join current in now.Fields on old.Name equals current.Name
        select (old, current);

    /// <summary>How the type of a field differs, before and now; null if it does not.</summary>
    public (string Before, string Now)? DifferenceOf(BaselineField old, BaselineField current) =>
        old.Type != current.Type ? (old.Type, current.Type) : before.Definitions.Difference(old.Type, now.Definitions);

    public IEnumerable<BaselineField> Removed => before.Fields.Where(old => now.Fields.All(other => other.Name != old.Name));

    public IEnumerable<BaselineField> Added => now.Fields.Where(added => before.Fields.All(old => old.Name != added.Name));

    /// <summary>What a code fix needs to accept the change.</summary>
    public ImmutableDictionary<string, string?> Properties => ImmutableDictionary<string, string?>.Empty
        .Add(BaselinePath, path)
        .Add(CurrentText, now.Text);

    public MessageMember MemberOf(BaselineField field) =>
        message.Members.First(member => member.Name == field.Name);

    public ISymbol SymbolOf(BaselineField field) => MemberOf(field).Symbol;

    public Location Position => message.Type.NamePosition();

    public int VersionNow => message.Identity.Version;
}
