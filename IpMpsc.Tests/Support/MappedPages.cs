using System.Globalization;

namespace IpMpsc.Tests.Support;

/// <summary>What Linux has mapped of a file into this process, for each of its mappings.</summary>
internal static class MappedPages
{
    private const string Resident = "Rss:";

    /// <summary>Bytes in mapped pages, and bytes altogether, of each mapping of a channel, the least mapped first.</summary>
    public static (long Mapped, long Length)[] Of(string path)
    {
        // To the kernel a file that was made here has its first, temporary name, in which the channel's own stands.
        (string directory, string name) = (Path.GetDirectoryName(path)!, Path.GetFileName(path));
        List<(long, long)> mappings = [];
        long? length = null;
        foreach (string line in File.ReadLines("/proc/self/smaps"))
        {
            if (length is { } known && line.StartsWith(Resident, StringComparison.Ordinal))
            {
                mappings.Add((long.Parse(line[Resident.Length..^" kB".Length], CultureInfo.InvariantCulture) * 1024, known));
                length = null;
            }
            else if (line.Contains($" {directory}/", StringComparison.Ordinal) && line.Contains(name, StringComparison.Ordinal))
            {
                string[] bounds = line[..line.IndexOf(' ')].Split('-');
                length = Convert.ToInt64(bounds[1], 16) - Convert.ToInt64(bounds[0], 16);
            }
        }

        return [.. mappings.Order()];
    }
}
