namespace IpMpsc.Schemas;

/// <summary>
/// Whether programs with different schemas understand each other. They do if each message differs only
/// in fields that were added at its end, in a version that the older side does not have.
/// </summary>
internal static class SchemaComparison
{
    /// <summary>The first difference in words; null if there is none that matters.</summary>
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
                return ours.Messages.FirstOrDefault(message => message.Name == their.Name) is { } namesake
                    ? Differs(their, $"id {their.Id}", $"id {namesake.Id}")
                    : $"it carries '{their}', which {Nothing(ours)}";
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

    private static string? Describe(SchemaMessage their, SchemaMessage our)
    {
        if (their.Name != our.Name)
        {
            return $"it carries '{their}', this program has '{our}'";
        }

        ushort common = Math.Min(their.Version, our.Version);
        return DescribeFields(
            their, [.. their.Fields.TakeWhile(field => field.Since <= common)],
            [.. our.Fields.TakeWhile(field => field.Since <= common)], prefix: "");
    }

    private static string? DescribeFields(
        SchemaMessage message, IReadOnlyList<SchemaField> theirs, IReadOnlyList<SchemaField> ours, string prefix)
    {
        for (int index = 0; index < Math.Max(theirs.Count, ours.Count); index++)
        {
            SchemaField? their = theirs.ElementAtOrDefault(index);
            SchemaField? our = ours.ElementAtOrDefault(index);
            if (their is null || our is null || their.ToString() != our.ToString())
            {
                return Differs(message, Quote(prefix, their), Quote(prefix, our));
            }

            string? nested = DescribeFields(message, Members(their.Type), Members(our.Type), $"{prefix}{their.Name}.");
            if (nested is not null)
            {
                return nested;
            }
        }

        return null;
    }

    /// <summary>The fields of a nested message, or of those in an array.</summary>
    private static IReadOnlyList<SchemaField> Members(SchemaType type) =>
        type.Element is { } element ? Members(element) : type.Fields;

    private static string Differs(SchemaMessage message, string their, string our) =>
        $"in message {message.Name} it has {their}, this program has {our}";

    private static string Quote(string prefix, SchemaField? field) => field is null ? "no such field" : $"'{prefix}{field}'";

    private static string Nothing(SchemaDocument ours) => ours.Messages is [var only]
        ? $"this program does not know; it has '{only}'"
        : "this program does not know";
}
