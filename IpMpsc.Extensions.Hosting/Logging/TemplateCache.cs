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

    public static LogTemplate Get(string template)
    {
        // A racing write loses a recent entry, which costs the next call a look at the dictionary.
        ref Recent? place = ref s_recent[RuntimeHelpers.GetHashCode(template) & (RecentCount - 1)];
        Recent? recent = Volatile.Read(ref place);
        return recent is not null && ReferenceEquals(recent.Text, template) ? recent.Template : Find(template, ref place);
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
}
