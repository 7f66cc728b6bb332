using System.Text;

namespace IpMpsc.Examples.Tour;

/// <summary>The text that the tour sends: every line of some files.</summary>
/// <param name="Files">Full paths.</param>
/// <param name="Lines">How many lines are sent, even if a file grows meanwhile.</param>
/// <param name="LongestLine">Bytes of the longest one.</param>
internal sealed record TourInput(string[] Files, int Lines, int LongestLine)
{
    /// <summary>Takes the file that was asked for, or the README and the documents of this repository.</summary>
    /// <exception cref="ArgumentException">There is no such file, or it cannot be read.</exception>
    public static TourInput Choose(string? file)
    {
        string[] files = file switch
        {
            null => FindDocuments(),
            _ when File.Exists(file) => [Path.GetFullPath(file)],
            _ => throw new ArgumentException($"There is no file '{file}'."),
        };
        int lines = 0;
        int longest = 0;
        try
        {
            foreach (string line in files.SelectMany(File.ReadLines))
            {
                lines++;
                longest = Math.Max(longest, Encoding.UTF8.GetByteCount(line));
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ArgumentException($"The text cannot be read. {error.Message}");
        }

        return new TourInput(files, lines, longest);
    }

    /// <summary>The lines, one file after the other.</summary>
    public IEnumerable<string> ReadLines() => Files.SelectMany(File.ReadLines).Take(Lines);

    private static string[] FindDocuments()
    {
        string? root = AppContext.BaseDirectory;
        while (root is not null && !File.Exists(Path.Join(root, "IpMpsc.sln")))
        {
            root = Path.GetDirectoryName(root);
        }

        if (root is null)
        {
            throw new ArgumentException("This program is no longer in its repository. Name a text file.");
        }

        string[] documents = Directory.GetFiles(Path.Join(root, "docs"), "*.md");
        return [Path.Join(root, "README.md"), .. documents.Order(StringComparer.Ordinal)];
    }
}
