using System.Globalization;
using IpMpsc.Platform.Linux;

namespace IpMpsc.Tests.Support;

/// <summary>What Linux has mapped of a file into this process, for each of its mappings.</summary>
internal static class MappedPages
{
    private const string Resident = "Rss:";

    /// <summary>Bytes in mapped pages, and bytes altogether, of each mapping of a channel, the least mapped first.</summary>
    public static (long Mapped, long Length)[] Of(string path)
    {
        // By inode, because the kernel lists a file that was created here by its first name, or without a name.
        string inode = Statx.OfPath(path)!.Value.Inode.ToString(CultureInfo.InvariantCulture);
        List<(long, long)> mappings = [];
        long? length = null;
        foreach (string line in File.ReadLines("/proc/self/smaps"))
        {
            if (length is { } known && line.StartsWith(Resident, StringComparison.Ordinal))
            {
                mappings.Add((long.Parse(line[Resident.Length..^" kB".Length], CultureInfo.InvariantCulture) * 1024, known));
                length = null;
            }
            else if (line.Split(' ', 6, StringSplitOptions.RemoveEmptyEntries) is [_, _, _, _, var mapped, _] && mapped == inode)
            {
                string[] bounds = line[..line.IndexOf(' ')].Split('-');
                length = Convert.ToInt64(bounds[1], 16) - Convert.ToInt64(bounds[0], 16);
            }
        }

        return [.. mappings.Order()];
    }
}
