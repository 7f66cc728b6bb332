using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace IpMpsc.Extensions.Hosting.Logging;

/// <summary>The parsed form of each template that a program logs. Most calls find theirs by its reference.</summary>
internal static class TemplateCache
{
    /// <summary>Programs have some hundreds of templates. One that makes its templates from values would fill any cache.</summary>
    private const int MostTemplates = 2048;

    private const int RecentCount = 256;

    private static readonly ConcurrentDictionary<string, LogTemplate> s_templates = new(StringComparer.Ordinal);
    private static readonly Recent?[] s_recent = new Recent?[RecentCount];
    private static readonly Known?[] s_formatters = new Known?[RecentCount];

    public static LogTemplate Get(string template)
    {
        // A racing write loses a recent entry, which costs the next call a look at the dictionary.
        ref Recent? place = ref s_recent[RuntimeHelpers.GetHashCode(template) & (RecentCount - 1)];
        Recent? recent = Volatile.Read(ref place);
        return recent is not null && ReferenceEquals(recent.Text, template) ? recent.Template : Find(template, ref place);
    }

    /// <summary>The template of a formatter, if it was learned and not displaced since.</summary>
    public static LogTemplate? OfFormatter(object formatter)
    {
        Known? known = Volatile.Read(ref s_formatters[RuntimeHelpers.GetHashCode(formatter) & (RecentCount - 1)]);
        return known is not null && ReferenceEquals(known.Formatter, formatter) ? known.Template : null;
    }

    /// <summary>Notes the template of a formatter.</summary>
    public static void Learn(object formatter, LogTemplate template)
    {
        ref Known? place = ref s_formatters[RuntimeHelpers.GetHashCode(formatter) & (RecentCount - 1)];
        if (place is null || !ReferenceEquals(place.Formatter, formatter))
        {
            Volatile.Write(ref place, new Known(formatter, template));
        }
    }

    private static LogTemplate Find(string template, ref Recent? place)
    {
        if (!s_templates.TryGetValue(template, out LogTemplate? parsed))
        {
            parsed = LogTemplate.Parse(template);
            if (s_templates.Count >= MostTemplates)
            {
                return parsed;
            }

            parsed = s_templates.GetOrAdd(template, parsed);
        }

        Volatile.Write(ref place, new Recent(template, parsed));
        return parsed;
    }

    private sealed record Recent(string Text, LogTemplate Template);

    private sealed record Known(object Formatter, LogTemplate Template);
}
