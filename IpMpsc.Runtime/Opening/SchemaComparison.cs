using IpMpsc.Schemas;

namespace IpMpsc.Opening;

/// <summary>
/// Whether programs with different schemas understand each other. They do if each message differs only
/// in fields that were added at its end, in a version that the older side does not have.
/// </summary>
internal static class SchemaComparison
{
    /// <summary>The first difference that matters, as a sentence; null if there is none.</summary>
    /// <param name="theirs">What the channel was made with.</param>
    /// <param name="ours">What this program was compiled with.</param>
    public static string? Describe(SchemaDocument theirs, SchemaDocument ours)
    {
        if (theirs.Messages.Count == 0 || ours.Messages.Count == 0)
        {
            return DescribeBytes(theirs, ours);
        }

        foreach (SchemaMessage their in theirs.Messages)
        {
            if (ours.Find(their.Id) is not { } our)
            {
                return DescribeUnknown(their, ours);
            }

            if (Describe(their, our) is { } difference)
            {
                return difference;
            }
        }

        return ours.Messages.FirstOrDefault(our => theirs.Find(our.Id) is null) is { } missing
            ? $"it does not carry '{missing}', which this program has"
            : null;
    }

    /// <summary>As <see cref="Describe(SchemaDocument, SchemaDocument)"/>, if at least one of the two has no messages.</summary>
    private static string? DescribeBytes(SchemaDocument theirs, SchemaDocument ours) => (theirs.Format, ours.Format) switch
    {
        ({ } their, { } our) when their == our => null,
        ({ } their, { } our) when their.Name == our.Name && their.Type == our.Type =>
            $"it carries {their} with the fingerprint {their.Fingerprint:x16}, the type of this program has {our.Fingerprint:x16}: its members differ",
        (null, null) when theirs.Messages.Count == ours.Messages.Count => null,
        _ => $"it carries {Content(theirs)}, this program expects {Content(ours)}",
    };

    /// <summary>What a channel carries, in a few words.</summary>
    private static string Content(SchemaDocument document) =>
        document.Format is { } format ? $"'{format}'"
        : document.Messages is [var message, ..] ? $"'{message}'"
        : "raw bytes without a schema";

    /// <summary>A message of the channel whose id this program does not know.</summary>
    private static string DescribeUnknown(SchemaMessage their, SchemaDocument ours)
    {
        if (ours.Messages.FirstOrDefault(message => message.Name == their.Name) is { } namesake)
        {
            return Differs(their, $"id {their.Id}", $"id {namesake.Id}");
        }

        string instead = ours.Messages is [var only] ? $"; this program has '{only}'{AdviceOnNames(their, only)}" : "";
        return $"it carries '{their}', which this program does not know{instead}";
    }

    private static string? Describe(SchemaMessage their, SchemaMessage our)
    {
        if (their.Name != our.Name)
        {
            return $"it carries '{their}', this program has '{our}'{AdviceOnNames(their, our)}";
        }

        return DescribeFields(their, their.Version, their.Fields, our.Version, our.Fields, prefix: "", []);
    }

    /// <param name="message">The message, for the words.</param>
    /// <param name="theirVersion">The version of what has their fields.</param>
    /// <param name="theirs">Their fields.</param>
    /// <param name="ourVersion">The version of what has our fields.</param>
    /// <param name="ours">Our fields.</param>
    /// <param name="prefix">The fields around these, with a dot behind each.</param>
    /// <param name="compared">Names of the definitions that were compared already.</param>
    private static string? DescribeFields(
        SchemaMessage message,
        ushort theirVersion,
        IReadOnlyList<SchemaField> theirs,
        ushort ourVersion,
        IReadOnlyList<SchemaField> ours,
        string prefix,
        HashSet<string> compared)
    {
        ushort common = Math.Min(theirVersion, ourVersion);
        SchemaField[] their = [.. theirs.TakeWhile(field => field.Since <= common)];
        SchemaField[] our = [.. ours.TakeWhile(field => field.Since <= common)];
        for (int index = 0; index < Math.Max(their.Length, our.Length); index++)
        {
            SchemaField? left = their.ElementAtOrDefault(index);
            SchemaField? right = our.ElementAtOrDefault(index);
            if (left is null || right is null)
            {
                string missing = left is null
                    ? $"in message {message.Name} it lacks '{prefix}{right}', which this program has"
                    : $"in message {message.Name} it has '{prefix}{left}', which this program lacks";
                return prefix.Length > 0 ? missing : $"{missing}. Mark a field that is added later with [Since], and raise the message's Version";
            }

            if (left.ToString() != right.ToString())
            {
                return Differs(message, $"'{prefix}{left}'", $"'{prefix}{right}'");
            }

            if (DescribeTypes(message, left.Type, right.Type, $"{prefix}{left.Name}.", compared) is { } difference)
            {
                return difference;
            }
        }

        return null;
    }

    /// <summary>What is inside of two types that are spelled alike.</summary>
    private static string? DescribeTypes(SchemaMessage message, SchemaType their, SchemaType our, string prefix, HashSet<string> compared)
    {
        if (their.Name.Length > 0 && !compared.Add(their.Name))
        {
            return null;
        }

        string? inside = their.Kind == SchemaKind.Enum
            ? DescribeMembers(message, their.Members, our.Members, prefix)
            : DescribeFields(message, their.Version, their.Fields, our.Version, our.Fields, prefix, compared);
        return inside
            ?? (their.Element is { } element && our.Element is { } other ? DescribeTypes(message, element, other, prefix, compared) : null);
    }

    /// <summary>The first member that has another number; one that only one side knows may have been added.</summary>
    private static string? DescribeMembers(
        SchemaMessage message, IReadOnlyList<SchemaEnumMember> theirs, IReadOnlyList<SchemaEnumMember> ours, string prefix)
    {
        foreach (SchemaEnumMember their in theirs)
        {
            if (ours.FirstOrDefault(our => our.Name == their.Name) is { } our && our.Value != their.Value)
            {
                return Differs(message, $"'{prefix}{their}'", $"'{prefix}{our}'");
            }
        }

        return null;
    }

    private static string Differs(SchemaMessage message, string their, string our) =>
        $"in message {message.Name} it has {their}, this program has {our}";

    /// <summary>What to do if two names are meant to be those of one message.</summary>
    private static string AdviceOnNames(SchemaMessage their, SchemaMessage our) => NameWithoutNamespace(their) == NameWithoutNamespace(our)
        ? ". A message is known by its full name: share one declaration in a class library, or give both the same [ChannelMessage(Name = ...)]"
        : "";

    private static string NameWithoutNamespace(SchemaMessage message) => message.Name[(message.Name.LastIndexOf('.') + 1)..];
}
